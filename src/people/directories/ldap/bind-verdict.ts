import { InvalidCredentialsError } from 'ldapts'
import type { BindVerdict } from '../people-directory.ts'
import { PasswordPolicyControl } from './password-policy.ts'

/**
 * What Active Directory says in the text of a refusal. Those that make `due` come with the right password alone. Source:
 * "LDAP error data codes" of Microsoft's documentation.
 */
const stateByCode: Readonly<Record<string, BindVerdict>> = {
  '532': 'due',
  '533': 'locked',
  '701': 'locked',
  '773': 'due',
  '775': 'locked',
}

/** Binds, and says what came of it. @throws what is no answer to a password. */
export async function bindVerdict(
  bind: (policy: PasswordPolicyControl) => Promise<void>,
): Promise<BindVerdict> {
  const policy = new PasswordPolicyControl()
  try {
    await bind(policy)
  } catch (error) {
    if (!(error instanceof InvalidCredentialsError)) throw error
    if (policy.error === 'accountLocked') return 'locked'
    // Said of a right password alone.
    if (policy.error === 'passwordExpired') return 'due'
    return stateByCode[/\bdata ([0-9a-f]{3})\b/.exec(error.message)?.[1] ?? ''] ?? 'wrong'
  }
  return policy.error === 'changeAfterReset' ? 'due' : 'right'
}
