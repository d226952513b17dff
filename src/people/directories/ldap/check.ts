import { Attribute, Change, type Client, InvalidCredentialsError, ResultCodeError } from 'ldapts'
import type {
  DirectoryEntry,
  DirectoryPort,
  DirectorySettings,
  DirectoryVerdict,
  PasswordAge,
} from '../../../nodes/ports/outside-ports.ts'
import type { Fence } from '../../../outgoing/fenced-socket.ts'
import { activeDirectoryCode } from './bind-verdict.ts'
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
      if (directory.policy === 'activeDirectory')
        return changeInActiveDirectory(client, directory, { entry, old, fresh }, verdict)
      if (verdict.kind !== 'right') return verdict
      const policy = new PasswordPolicyControl()
      const controls = directory.policy === 'behera' ? [policy] : []
      try {
        await modifyPassword(client, { dn: entry.dn, old, fresh }, controls)
      } catch (error) {
        if (!(error instanceof ResultCodeError)) throw error
        return { kind: policy.error === 'passwordTooShort' ? 'tooShort' : 'refused' }
      }
      return { ...verdict, password: { kind: 'good' } }
    })

/**
 * A person whose password must change cannot bind, so the bind account sends the change. It contains the old password, without
 * which Active Directory accepts none. Source: "unicodePwd" of Microsoft's documentation; only over an encrypted connection.
 */
async function changeInActiveDirectory(
  client: Client,
  directory: DirectorySettings,
  { entry, old, fresh }: { entry: DirectoryEntry; old: string; fresh: string },
  verdict: DirectoryVerdict,
): Promise<DirectoryVerdict | { kind: 'refused' }> {
  if (verdict.kind !== 'right' && verdict.kind !== 'mustChange') return verdict
  if (directory.adminDn !== '') await client.bind(directory.adminDn, directory.adminPassword)
  else if (verdict.kind === 'mustChange') throw new Error('changing this password needs a bind account')
  const value = (operation: 'delete' | 'add', password: string) => {
    const values = [Buffer.from(`"${password}"`, 'utf16le')]
    return new Change({ operation, modification: new Attribute({ type: 'unicodePwd', values }) })
  }
  try {
    await client.modify(entry.dn, [value('delete', old), value('add', fresh)])
  } catch (error) {
    if (!(error instanceof ResultCodeError) || !isPolicy(error)) throw error
    return { kind: 'refused' }
  }
  return bind(client, directory, entry, fresh)
}

/**
 * Whether the directory refuses a new password by its policy: `constraintViolation`, or `unwillingToPerform` with the error of
 * Windows for it. Missing rights and unencrypted connections have other codes.
 */
function isPolicy({ code, message }: ResultCodeError): boolean {
  return code === 19 || (code === 53 && /\b0000052D\b/i.test(message))
}

/** Codes that Active Directory sends only for the right password, except 775. Others, such as 52e, mean that nobody signs in. */
function kindOf(error: InvalidCredentialsError) {
  const kinds = {
    '532': 'expired',
    '533': 'disabled',
    '701': 'accountExpired',
    '773': 'mustChange',
    '775': 'locked',
  } as const
  const code = activeDirectoryCode(error) ?? ''
  return Object.hasOwn(kinds, code) ? kinds[code as keyof typeof kinds] : 'wrong'
}

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
    await client.bind(entry.dn, password, directory.policy === 'behera' ? [policy] : [])
  } catch (error) {
    if (!(error instanceof InvalidCredentialsError)) throw error
    if (directory.policy === 'activeDirectory') return { kind: kindOf(error) }
    if (policy.error === 'accountLocked') return { kind: 'locked' }
    return { kind: policy.error === 'passwordExpired' ? 'expired' : 'wrong' }
  }
  return { kind: 'right', entry, password: ageOf(policy) }
}

function ageOf({ error, warning }: PasswordPolicyControl): PasswordAge {
  return error === 'changeAfterReset' ? { kind: 'due' } : (warning ?? { kind: 'good' })
}
