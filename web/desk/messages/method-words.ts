import type { CheckProof } from '../../api/help-desk.ts'

const words: Readonly<Record<string, string>> = {
  pwd: 'Password',
  otp: 'One-time password',
  pop: 'Passkey',
  hwk: 'Device key',
  swk: 'Software key',
  rc: 'Recovery code',
  code: 'Code that was sent',
  kba: 'Security questions',
  fed: 'Identity provider',
  cookie: 'Remembered browser',
}

/** By what a caller proved who they are, as agents say it. Methods that this desk does not know keep their names. */
export function methodsInWords({ methods, isBound }: Pick<CheckProof, 'methods' | 'isBound'>): string[] {
  return [...methods.map((method) => words[method] ?? method), ...(isBound ? ['Code from you'] : [])]
}
