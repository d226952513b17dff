import { methodsProperty } from '../engine/system-properties.ts'
import type { Session } from './session.ts'

/**
 * Whether somebody proved who they are so short a while ago. A browser that was remembered proves nothing about who sits at
 * it now. Use of the session does not keep it fresh.
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
