import type { CheckProof } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'

const names: Readonly<Record<string, Text>> = {
  pwd: 'Password',
  otp: 'One-time password',
  pop: 'Passkey',
  hwk: 'Device key',
  swk: 'Software key',
  rc: 'Recovery code',
  code: 'Code sent by email or SMS',
  kba: 'Security questions',
  fed: 'Identity provider',
  cookie: 'Remembered browser',
  push: 'App notification with a number',
}

/** Names of the methods that the caller used. Unknown methods keep their wire name. */
export function methodNames({ methods, isBound }: Pick<CheckProof, 'methods' | 'isBound'>): string[] {
  return [...methods.map(nameOf), ...(isBound ? [t('Code from you')] : [])]
}

function nameOf(method: string): string {
  const name = names[method]
  return name === undefined ? method : t(name)
}
