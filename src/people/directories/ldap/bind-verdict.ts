import { InvalidCredentialsError } from 'ldapts'
import type { BindVerdict } from '../people-directory.ts'
import { PasswordPolicyControl } from './password-policy.ts'

/**
 * Password states by the code in Active Directory's error text. It sends the codes for `due` only if the password is right.
 * Source: "LDAP error data codes" of Microsoft's documentation.
 */
const stateByCode: Readonly<Record<string, BindVerdict>> = {
  '532': 'due',
  '533': 'locked',
  '701': 'locked',
  '773': 'due',
  '775': 'locked',
}

/** The code in the error text of Active Directory. Undefined: another server, or another text. */
export function activeDirectoryCode({ message }: InvalidCredentialsError): string | undefined {
  return /\bdata ([0-9a-f]{3})\b/.exec(message)?.[1]
}

/**
 * Binds and interprets the response.
 * @throws errors that say nothing about the password.
 */
export async function bindVerdict(
  bind: (policy: PasswordPolicyControl) => Promise<void>,
): Promise<BindVerdict> {
  const policy = new PasswordPolicyControl()
  try {
    await bind(policy)
  } catch (error) {
    if (!(error instanceof InvalidCredentialsError)) throw error
    if (policy.error === 'accountLocked') return 'locked'
    // The server reports this only for the right password.
    if (policy.error === 'passwordExpired') return 'due'
    return stateByCode[activeDirectoryCode(error) ?? ''] ?? 'wrong'
  }
  return policy.error === 'changeAfterReset' ? 'due' : 'right'
}
