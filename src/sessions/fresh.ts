import { methodsProperty } from '../engine/system-properties.ts'
import type { Session } from './session.ts'

/**
 * Whether the person signed in within the last `minutes`. A sign-in by persistent cookie doesn't count, because it proves
 * nothing about who uses the browser now. Using the session doesn't keep it fresh.
 * @param now epoch milliseconds
 */
export function isFresh(
  { createdAt, properties }: Pick<Session, 'createdAt' | 'properties'>,
  minutes: number,
  now: number,
): boolean {
  const isRemembered = properties[methodsProperty] === 'cookie'
  return !isRemembered && now - createdAt <= minutes * 60_000
}
