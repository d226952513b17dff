import { type Client, InvalidCredentialsError, ResultCodeError } from 'ldapts'
import type {
  DirectoryEntry,
  DirectoryPort,
  DirectorySettings,
  DirectoryVerdict,
  PasswordAge,
} from '../../../nodes/ports/outside-ports.ts'
import type { Fence } from '../../../outgoing/fenced-socket.ts'
import { withServer } from './connection.ts'
import { findEntry } from './find-entry.ts'
import { modifyPassword } from './password-modify.ts'
import { PasswordPolicyControl } from './password-policy.ts'

/** Finds a person's entry and binds as that person. */
export const checkInDirectory =
  (fence: Fence): DirectoryPort['check'] =>
  (directory, username, password) =>
    withServer(directory, fence, async (client) => {
      const entry = await findEntry(client, directory, username)
      return entry === undefined ? { kind: 'unknown' } : bind(client, directory, entry, password)
    })

/** Finds a person's entry, binds with the old password and sets the new one, which the directory's policy may reject. */
export const changeInDirectory =
  (fence: Fence): DirectoryPort['changePassword'] =>
  (directory, username, { old, fresh }) =>
    withServer(directory, fence, async (client) => {
      const entry = await findEntry(client, directory, username)
      if (entry === undefined) return { kind: 'unknown' }
      const verdict = await bind(client, directory, entry, old)
      if (verdict.kind !== 'right') return verdict
      const policy = new PasswordPolicyControl()
      const controls = directory.isPolicyAware ? [policy] : []
      try {
        await modifyPassword(client, { dn: entry.dn, old, fresh }, controls)
      } catch (error) {
        if (!(error instanceof ResultCodeError)) throw error
        return { kind: policy.error === 'passwordTooShort' ? 'tooShort' : 'refused' }
      }
      return { ...verdict, password: { kind: 'good' } }
    })

async function bind(
  client: Client,
  directory: DirectorySettings,
  entry: DirectoryEntry,
  password: string,
): Promise<DirectoryVerdict> {
  // A bind with an empty password is anonymous and succeeds. Source: RFC 4513, "Unauthenticated Authentication".
  if (password === '') return { kind: 'wrong' }
  const policy = new PasswordPolicyControl()
  try {
    await client.bind(entry.dn, password, directory.isPolicyAware ? [policy] : [])
  } catch (error) {
    if (!(error instanceof InvalidCredentialsError)) throw error
    if (policy.error === 'accountLocked') return { kind: 'locked' }
    return { kind: policy.error === 'passwordExpired' ? 'expired' : 'wrong' }
  }
  return { kind: 'right', entry, password: ageOf(policy) }
}

function ageOf({ error, warning }: PasswordPolicyControl): PasswordAge {
  return error === 'changeAfterReset' ? { kind: 'due' } : (warning ?? { kind: 'good' })
}
