import type { Method } from './methods.ts'

/**
 * How sure a verification is:
 * 0 nothing proves who it is · 1 one factor · 2 two factors of different kinds · 3 a method that no phishing page can relay.
 */
export const levels = [0, 1, 2, 3] as const

export type Level = (typeof levels)[number]

/**
 * What a method proves that somebody has or knows. What is sent by mail or text message, the answers to security questions and
 * a browser that was remembered prove nothing at a help desk: attackers have them. Sources: NIST SP 800-63B; CISA and FBI, AA23-320A.
 */
const kinds: Readonly<Record<Method, 'knowledge' | 'possession' | 'elsewhere' | undefined>> = {
  pwd: 'knowledge',
  otp: 'possession',
  pop: 'possession',
  hwk: 'possession',
  swk: 'possession',
  rc: 'possession',
  fed: 'elsewhere',
  code: undefined,
  kba: undefined,
  cookie: undefined,
}

export function levelOf(methods: readonly Method[]): Level {
  if (methods.includes('pop')) return 3
  const proved = new Set(methods.map((method) => kinds[method]).filter((kind) => kind !== undefined))
  // Nobody knows what an identity provider asked for: it may have been the same password.
  if (proved.has('knowledge') && proved.has('possession')) return 2
  return proved.size === 0 ? 0 : 1
}
