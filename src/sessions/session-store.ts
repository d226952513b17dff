import type { Session } from './session.ts'

/** What sessions ask of storage. Expired sessions may still be answered: callers decide by `expiryOf`. */
export interface SessionStore {
  create(session: Session): Promise<void>
  read(tokenHash: string): Promise<Session | undefined>
  byHandle(handle: string): Promise<Session | undefined>
  ofIdentity(realm: string, identityId: string): Promise<Session[]>
  /** Moves `lastUsedAt` forward, never back. */
  touch(tokenHash: string, now: number): Promise<void>
  setProperties(tokenHash: string, properties: Record<string, string>): Promise<void>
  /** @returns whether there was one. */
  remove(tokenHash: string): Promise<boolean>
  forget(now: number): Promise<number>
}
