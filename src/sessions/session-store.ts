import type { QueuedCall } from '../outbox/call.ts'
import type { Session } from './session.ts'

/** A position in the list of a realm's sessions, newest first. */
export type SessionCursor = Pick<Session, 'createdAt' | 'handle'>

/** Stores sessions. May return expired ones: callers check `expiryOf`. */
export interface SessionStore {
  create(session: Session): Promise<void>
  read(tokenHash: string): Promise<Session | undefined>
  byHandle(handle: string): Promise<Session | undefined>
  ofIdentity(realm: string, identityId: string): Promise<Session[]>
  /** Sessions of a realm with this property, perhaps in another case. Reads all sessions of the realm. */
  withProperty(realm: string, name: string, value: string): Promise<Session[]>
  /** Unexpired sessions after `before`, newest first. @param now epoch milliseconds */
  newest(realm: string, now: number, limit: number, before?: SessionCursor): Promise<Session[]>
  /** Moves `lastUsedAt` forward, never back. */
  touch(tokenHash: string, now: number): Promise<void>
  setProperties(tokenHash: string, properties: Record<string, string>): Promise<void>
  /** Adds a name to the webhooks of a session, unless it has it. */
  addWebhook(tokenHash: string, name: string): Promise<void>
  /** Ends a session and queues its calls, in one unit. @returns whether it existed. */
  remove(tokenHash: string, calls?: readonly QueuedCall[]): Promise<boolean>
  /** Expired sessions with logout webhooks, oldest first. @param now epoch milliseconds */
  overdue(now: number, limit: number): Promise<Session[]>
  /** Deletes expired sessions without logout webhooks. @param now epoch milliseconds */
  deleteExpired(now: number): Promise<number>
}
