import {
  type Client,
  InsufficientAccessError,
  InvalidCredentialsError,
  UnwillingToPerformError,
} from 'ldapts'
import { bindVerdict } from './bind-verdict.ts'
import { modifyPassword, type NewPassword } from './password-modify.ts'
import { PasswordPolicyControl } from './password-policy.ts'

/**
 * Changes a password as the person: directories end a forced change (`pwdReset`) only then.
 * @returns false when the bind account has to make the change: the old password is right but expired, so that the person
 * cannot bind, or access rules give people no right to their own password.
 * @throws ResultCodeError when the old password is wrong or the password policy refuses the new one.
 */
export async function changeOwnPassword(
  client: Client,
  dn: string,
  { old, fresh }: { old: string; fresh: string },
): Promise<boolean> {
  return (await bindAsPerson(client, dn, old)) && (await hasModified(client, { dn, old, fresh }))
}

/** @returns false when access rules forbid the change. */
async function hasModified(client: Client, change: NewPassword): Promise<boolean> {
  const policy = new PasswordPolicyControl()
  try {
    await modifyPassword(client, change, [policy])
    return true
  } catch (error) {
    // A policy that forbids the change has the same result code as an access rule, but names an error in its control.
    if (policy.error !== undefined) throw error
    if (error instanceof InsufficientAccessError) return false
    // OpenLDAP's answer when access rules keep it from comparing the old password. The bind has proved it already.
    if (!(error instanceof UnwillingToPerformError) || change.old === undefined) throw error
    return hasModified(client, { ...change, old: undefined })
  }
}

/** @returns false when the password is right but has expired. @throws InvalidCredentialsError. */
async function bindAsPerson(client: Client, dn: string, password: string): Promise<boolean> {
  // A bind with an empty password is anonymous and succeeds. Source: RFC 4513, "Unauthenticated Authentication".
  if (password === '') throw new InvalidCredentialsError()
  let isBound = false
  const verdict = await bindVerdict(async (policy) => {
    await client.bind(dn, password, [policy])
    isBound = true
  })
  if (!isBound && verdict !== 'due') throw new InvalidCredentialsError()
  return isBound
}
