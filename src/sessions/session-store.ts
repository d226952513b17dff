import type { QueuedCall } from '../outbox/call.ts'
import type { Session } from './session.ts'

/** Where a session stands among all of a realm, newest first. */
export type SessionPlace = Pick<Session, 'createdAt' | 'handle'>

/** What sessions ask of storage. Expired sessions may still be answered: callers decide by `expiryOf`. */
export interface SessionStore {
  create(session: Session): Promise<void>
  read(tokenHash: string): Promise<Session | undefined>
  byHandle(handle: string): Promise<Session | undefined>
  ofIdentity(realm: string, identityId: string): Promise<Session[]>
  /** Newest first, those that are not expired; those behind `before`. @param now epoch milliseconds */
  newest(realm: string, now: number, limit: number, before?: SessionPlace): Promise<Session[]>
  /** Moves `lastUsedAt` forward, never back. */
  touch(tokenHash: string, now: number): Promise<void>
  setProperties(tokenHash: string, properties: Record<string, string>): Promise<void>
  /** Ends one, and has calls made for that, in one unit. @returns whether there was one. */
  remove(tokenHash: string, calls?: readonly QueuedCall[]): Promise<boolean>
  /** Those whose time is over and that have webhooks, the oldest first. @param now epoch milliseconds */
  overdue(now: number, limit: number): Promise<Session[]>
  /** Forgets those whose time is over, except for those that have webhooks. @param now epoch milliseconds */
  forget(now: number): Promise<number>
}
