import { randomUUID } from 'node:crypto'
import { confirmationProperty } from '../engine/system-properties.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { SessionEnd } from './logout-webhook.ts'
import type { CallsAtEnd } from './logout-webhook-calls.ts'
import {
  expiryOf,
  idleExpiryOf,
  maxExpiryOf,
  organizationOf,
  type Session,
  universalIdOf,
} from './session.ts'
import type { SessionCursor, SessionStore } from './session-store.ts'

/** Each touch costs a write. Idle times are minutes, so that half a minute of slack doesn't matter. */
const touchIntervalMs = 30_000

/** Expired sessions that are read at a time. */
const overdueBatch = 100

/** Logout webhooks to call. */
type Ending = { callsOf: CallsAtEnd; wake(): void }

const noCalls: Ending = { callsOf: async () => [], wake: () => undefined }

export type SignIn = {
  realm: string
  identity: { id: string; userName: string }
  journey: string
  authLevel: number
  properties: Readonly<Record<string, string>>
  maxIdleMinutes: number
  maxSessionMinutes: number
  /** Names of the logout webhooks. */
  webhooks?: readonly string[]
  /** Where the person signs in. */
  origin?: { browser: string; address: string }
}

/** Creates an unsaved session and its token. `now` is epoch milliseconds. */
export function newSession(signIn: SignIn, now: number): { token: string; session: Session } {
  const token = randomToken()
  const { identity, realm, journey, authLevel } = signIn
  const session: Session = {
    tokenHash: digest(token),
    handle: `shandle:${randomToken(16)}`,
    realm,
    identityId: identity.id,
    username: identity.userName,
    properties: {
      ...signIn.properties,
      AMCtxId: randomUUID(),
      authInstant: isoSeconds(now),
      AuthLevel: String(authLevel),
      ...(signIn.origin === undefined ? {} : { Host: signIn.origin.address }),
      Organization: organizationOf(realm),
      Principal: universalIdOf(realm, identity.id),
      Principals: identity.userName,
      Service: journey,
      UserId: identity.id,
      UserToken: identity.userName,
      'sun.am.UniversalIdentifier': universalIdOf(realm, identity.id),
    },
    authLevel,
    createdAt: now,
    lastUsedAt: now,
    maxIdleMinutes: signIn.maxIdleMinutes,
    maxSessionMinutes: signIn.maxSessionMinutes,
    webhooks: signIn.webhooks ?? [],
    ...signIn.origin,
  }
  return { token, session }
}

/** Sessions by token. An expired session counts as missing, and so does that of a disabled person. */
export class Sessions {
  readonly #store: SessionStore
  readonly #isActive: (realm: string, identityId: string) => Promise<boolean>
  readonly #now: () => number
  readonly #ending: Ending

  /** @param isActive whether the identity exists and is enabled; called at every use. */
  constructor(
    store: SessionStore,
    isActive: (realm: string, identityId: string) => Promise<boolean>,
    now: () => number,
    ending: Ending = noCalls,
  ) {
    this.#store = store
    this.#isActive = isActive
    this.#now = now
    this.#ending = ending
  }

  /** Never finds restricted sessions. @param use whether this counts as use and resets the idle time. */
  async find(token: string, use = true): Promise<Session | undefined> {
    const session = await this.#underWay(await this.#store.read(digest(token)))
    const now = this.#now()
    if (session !== undefined && use && now - session.lastUsedAt >= touchIntervalMs) {
      await this.#store.touch(session.tokenHash, now)
    }
    return session
  }

  /** A valid session by its handle. A handle identifies a session without signing anyone in. */
  async underWay(handle: string): Promise<Session | undefined> {
    return this.#underWay(await this.#store.byHandle(handle))
  }

  /** Whether the session with this token hash is valid. Doesn't count as use. */
  async isUnderWay(tokenHash: string): Promise<boolean> {
    return (await this.#underWay(await this.#store.read(tokenHash))) !== undefined
  }

  /** Resets the idle time now. */
  async touch(session: Session): Promise<Session> {
    const now = this.#now()
    await this.#store.touch(session.tokenHash, now)
    return { ...session, lastUsedAt: now }
  }

  setProperties(session: Session, properties: Record<string, string>): Promise<void> {
    return this.#store.setProperties(session.tokenHash, properties)
  }

  /** @param name of a webhook, or the entry of an application to call at the end. */
  addWebhook(session: Session, name: string): Promise<void> {
    return this.#store.addWebhook(session.tokenHash, name)
  }

  /** Ends a session. Concurrent ends call its logout webhooks once. @returns whether it existed. */
  async end(session: Session, why: SessionEnd): Promise<boolean> {
    const calls = session.webhooks.length === 0 ? [] : await this.#ending.callsOf(session, why)
    const hasEnded = await this.#store.remove(session.tokenHash, calls)
    if (hasEnded && calls.length > 0) this.#ending.wake()
    return hasEnded
  }

  /** Ends expired sessions that have logout webhooks. */
  async endOverdue(): Promise<void> {
    for (;;) {
      const sessions = await this.#store.overdue(this.#now(), overdueBatch)
      for (const session of sessions) {
        const isIdle = idleExpiryOf(session) < maxExpiryOf(session)
        await this.end(session, isIdle ? 'IDLE_TIMEOUT' : 'MAX_TIMEOUT')
      }
      if (sessions.length < overdueBatch) return
    }
  }

  /** Ends an identity's oldest sessions beyond `limit`; 0 means no limit. */
  async endOldest(realm: string, identityId: string, limit: number): Promise<void> {
    if (limit === 0) return
    const open = await this.ofIdentity(realm, identityId)
    for (const session of open.slice(0, Math.max(0, open.length - limit))) await this.end(session, 'DESTROY')
  }

  byHandle(handle: string): Promise<Session | undefined> {
    return this.#store.byHandle(handle)
  }

  async #underWay(session: Session | undefined): Promise<Session | undefined> {
    if (session === undefined || expiryOf(session) <= this.#now()) return undefined
    if (Object.hasOwn(session.properties, confirmationProperty)) return undefined
    return (await this.#isActive(session.realm, session.identityId)) ? session : undefined
  }

  /** Valid sessions, newest first. @param before the last entry of the previous page. */
  async newest(realm: string, limit: number, before?: SessionCursor): Promise<Session[]> {
    const sessions = await this.#store.newest(realm, this.#now(), limit, before)
    return sessions.filter((session) => expiryOf(session) > this.#now())
  }

  /** Valid sessions with a property. Slow: for rare events. */
  async withProperty(realm: string, name: string, value: string): Promise<Session[]> {
    const sessions = await this.#store.withProperty(realm, name, value)
    return sessions.filter((session) => session.properties[name] === value && expiryOf(session) > this.#now())
  }

  async ofIdentity(realm: string, identityId: string): Promise<Session[]> {
    const sessions = await this.#store.ofIdentity(realm, identityId)
    return sessions.filter((session) => expiryOf(session) > this.#now())
  }
}

/** AM's form of a time: `2026-01-31T08:00:00Z`. */
export function isoSeconds(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}
