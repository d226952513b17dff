import type { Method } from './methods.ts'

/** Assurance of a check: 0 no proof, 1 one factor, 2 two factors of different kinds, 3 phishing-resistant. */
export const levels = [0, 1, 2, 3] as const

export type Level = (typeof levels)[number]

/**
 * The kind of factor that each method proves. Codes sent by email or text message, security questions and known browsers
 * prove nothing at a help desk, because attackers obtain them. Sources: NIST SP 800-63B; CISA and FBI, AA23-320A.
 */
const kinds: Readonly<Record<Method, 'knowledge' | 'possession' | 'elsewhere' | undefined>> = {
  pwd: 'knowledge',
  otp: 'possession',
  pop: 'possession',
  hwk: 'possession',
  swk: 'possession',
  rc: 'possession',
  // Only with a number to choose: a plain one is approved by people who are asked often enough.
  push: 'possession',
  fed: 'elsewhere',
  code: undefined,
  kba: undefined,
  cookie: undefined,
}

export function levelOf(methods: readonly Method[]): Level {
  if (methods.includes('pop')) return 3
  const proved = new Set(methods.map((method) => kinds[method]).filter((kind) => kind !== undefined))
  // An identity provider doesn't say which factor it checked: it may have been the same password.
  if (proved.has('knowledge') && proved.has('possession')) return 2
  return proved.size === 0 ? 0 : 1
}
