import type { Limit } from '../limits/limit.ts'

const hourMs = 3_600_000

/** All messages of a realm: codes and links, texts and calls. An attacker can't make more of them than this cost the realm. */
export function messagesOfRealm(realm: string, max: number): Limit {
  return { key: `${realm} messages`, max, windowMs: hourMs }
}

/** Alarms about this limit: one is enough. */
export function alarmsAboutMessages(realm: string): Limit {
  return { key: `${realm} alarms about messages`, max: 1, windowMs: hourMs }
}
