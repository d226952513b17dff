import { randomUUID } from 'node:crypto'
import { confirmationProperty } from '../engine/system-properties.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { SessionEnd } from './logout-webhook.ts'
import type { CallsAtEnd } from './logout-webhook-calls.ts'
import { expiryOf, idleExpiryOf, maxExpiryOf, type Session, universalIdOf } from './session.ts'
import type { SessionPlace, SessionStore } from './session-store.ts'

/** Moving `lastUsedAt` costs a write; idle times are minutes, so half a minute of slack is free. */
const touchEveryMs = 30_000

/** How many sessions are read at once whose time is over. */
const overdueAtOnce = 100

/** What the end of a session sets off. */
type Ending = { callsOf: CallsAtEnd /** Says that there are calls to make. */; wake(): void }

const noCalls: Ending = { callsOf: async () => [], wake: () => undefined }

export type SignIn = {
  realm: string
  identity: { id: string; userName: string }
  journey: string
  authLevel: number
  properties: Readonly<Record<string, string>>
  maxIdleMinutes: number
  maxSessionMinutes: number
  /** Called when the session ends, by name. */
  webhooks?: readonly string[]
}

/** Makes a session that is not saved yet, and its token. `now` is epoch milliseconds. */
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
      Principal: universalIdOf(realm, identity.id),
      Service: journey,
      UserId: identity.id,
      'sun.am.UniversalIdentifier': universalIdOf(realm, identity.id),
    },
    authLevel,
    createdAt: now,
    lastUsedAt: now,
    maxIdleMinutes: signIn.maxIdleMinutes,
    maxSessionMinutes: signIn.maxSessionMinutes,
    webhooks: signIn.webhooks ?? [],
  }
  return { token, session }
}

/** Sessions by token. An ended session is the same as none, and so is that of a person who may not sign in any more. */
export class Sessions {
  readonly #store: SessionStore
  readonly #isActive: (realm: string, identityId: string) => Promise<boolean>
  readonly #now: () => number
  readonly #ending: Ending

  /** @param isActive whether there is such an identity and it may sign in; asked at every use. */
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

  /** Restricted sessions are found by nobody. @param use whether this counts as use, which puts the idle limit off. */
  async find(token: string, use = true): Promise<Session | undefined> {
    const session = await this.#underWay(await this.#store.read(digest(token)))
    const now = this.#now()
    if (session !== undefined && use && now - session.lastUsedAt >= touchEveryMs) {
      await this.#store.touch(session.tokenHash, now)
    }
    return session
  }

  /** A session that has not ended, for those who know its handle: whoever has a handle is not signed in by it. */
  async underWay(handle: string): Promise<Session | undefined> {
    return this.#underWay(await this.#store.byHandle(handle))
  }

  /** Whether the session with this token hash has not ended. Doesn't count as use. */
  async isUnderWay(tokenHash: string): Promise<boolean> {
    return (await this.#underWay(await this.#store.read(tokenHash))) !== undefined
  }

  /** Puts the idle limit off, at once. */
  async touch(session: Session): Promise<Session> {
    const now = this.#now()
    await this.#store.touch(session.tokenHash, now)
    return { ...session, lastUsedAt: now }
  }

  setProperties(session: Session, properties: Record<string, string>): Promise<void> {
    return this.#store.setProperties(session.tokenHash, properties)
  }

  /** Its webhooks are called, however many end it at once, for one of them. @returns whether there was one. */
  async end(session: Session, why: SessionEnd): Promise<boolean> {
    const calls = session.webhooks.length === 0 ? [] : await this.#ending.callsOf(session, why)
    const hasEnded = await this.#store.remove(session.tokenHash, calls)
    if (hasEnded && calls.length > 0) this.#ending.wake()
    return hasEnded
  }

  /** Ends those whose time is over and whose webhooks want to know. */
  async endOverdue(): Promise<void> {
    for (;;) {
      const sessions = await this.#store.overdue(this.#now(), overdueAtOnce)
      for (const session of sessions) {
        const isIdle = idleExpiryOf(session) < maxExpiryOf(session)
        await this.end(session, isIdle ? 'IDLE_TIMEOUT' : 'MAX_TIMEOUT')
      }
      if (sessions.length < overdueAtOnce) return
    }
  }

  /** Ends somebody's oldest sessions until so many are left; 0 leaves all. */
  async endOldest(realm: string, identityId: string, limit: number): Promise<void> {
    if (limit === 0) return
    const held = await this.ofIdentity(realm, identityId)
    for (const session of held.slice(0, Math.max(0, held.length - limit))) await this.end(session, 'DESTROY')
  }

  byHandle(handle: string): Promise<Session | undefined> {
    return this.#store.byHandle(handle)
  }

  async #underWay(session: Session | undefined): Promise<Session | undefined> {
    if (session === undefined || expiryOf(session) <= this.#now()) return undefined
    if (Object.hasOwn(session.properties, confirmationProperty)) return undefined
    return (await this.#isActive(session.realm, session.identityId)) ? session : undefined
  }

  /** Newest first, those whose time is over left out. @param before as the last one of the page before has it. */
  async newest(realm: string, limit: number, before?: SessionPlace): Promise<Session[]> {
    const sessions = await this.#store.newest(realm, this.#now(), limit, before)
    return sessions.filter((session) => expiryOf(session) > this.#now())
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
