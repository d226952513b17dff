import { text } from 'node:stream/consumers'
import type { Realm } from '../realms/realm.ts'
import { digest } from '../secrets/digest.ts'
import { type KeySource, macsOf } from '../secrets/macs.ts'
import { isFresh } from '../sessions/fresh.ts'
import type { Session } from '../sessions/session.ts'
import { isAdminClient } from './admin-clients.ts'
import { ownMetadataOf } from './client-metadata.ts'
import { askedAtOf, type DeviceCodes, type DeviceRequest, normalizedCode } from './device-codes.ts'
import type { DevicePages } from './device-pages.ts'
import { issuerOf, routes } from './endpoints.ts'
import type { OwnRouteContext } from './token-info.ts'

type Parts = {
  realm: Realm
  /** Scheme, host and context path. */
  baseUrl: string
  codes: DeviceCodes
  pages: DevicePages
  keys: KeySource
  sessionOf(ctx: OwnRouteContext): Session | undefined
  addressOf(ctx: OwnRouteContext): string
  /** Epoch milliseconds. */
  now(): number
}

type Form = { userCode: string; csrf: string; decision: string }

/** More than any browser sends for this page. */
const maxFormLength = 4096

/**
 * The page on which a signed-in person types the code that their device shows, and then answers for the application. Stateless: the
 * code travels in the form. Never takes the code from a link, because an attacker
 * could send people the link for a device of their own.
 */
export class DevicePage {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async answer(ctx: OwnRouteContext): Promise<void> {
    ctx.set('Cache-Control', 'no-store')
    const session = this.#parts.sessionOf(ctx)
    if (session === undefined) return this.#sendToSignIn(ctx, false)
    const form = ctx.method === 'POST' ? await formOf(ctx) : undefined
    const isOurs = form !== undefined && this.#isOurs(form, session)
    // rule S48: otherwise another site, or a form for another code, allows a device
    if (isOurs && form.userCode !== '') return this.#check(ctx, session, form)
    return this.#ask(ctx, session)
  }

  async #check(ctx: OwnRouteContext, session: Session, form: Form): Promise<void> {
    const { codes, addressOf } = this.#parts
    const found = await codes.find(form.userCode, session, addressOf(ctx))
    if (found.kind === 'blocked') {
      ctx.set('Retry-After', String(Math.ceil(found.waitMs / 1000)))
      return this.#ask(ctx, session, 'blocked', 429)
    }
    if (found.kind === 'unknown') return this.#ask(ctx, session, 'unknown')
    // rule S48: otherwise a device waits for an old sign-in although it asked for a new one
    if (this.#isTooOld(found.request, session)) return this.#sendToSignIn(ctx, true)
    const decision = form.decision.toLowerCase()
    if (decision !== 'allow' && decision !== 'deny') return this.#confirm(ctx, session, found.request)
    const isAllowed = decision === 'allow'
    if (!(await codes.answer(found.request, session, isAllowed, addressOf(ctx)))) {
      return this.#ask(ctx, session, 'unknown')
    }
    ctx.status = 200
    await this.#parts.pages.showEnd(ctx, isAllowed)
  }

  async #ask(
    ctx: OwnRouteContext,
    session: Session,
    problem?: 'unknown' | 'blocked',
    status = 200,
  ): Promise<void> {
    ctx.status = status
    await this.#parts.pages.askForCode(ctx, {
      action: this.#address,
      fields: { csrf: this.#csrfTokens(session, '')[0] },
      problem,
    })
  }

  async #confirm(
    ctx: OwnRouteContext,
    session: Session,
    { code, client, scopes }: DeviceRequest,
  ): Promise<void> {
    ctx.status = 200
    await this.#parts.pages.askToAllow(ctx, {
      application: client.clientName ?? client.clientId,
      userName: session.username,
      isRegistered: ownMetadataOf(client).is_registered === true,
      scopes,
      scopeLines: ownMetadataOf(client).scope_lines,
      action: this.#address,
      fields: { user_code: code.userCode, csrf: this.#csrfTokens(session, code.userCode)[0] },
    })
  }

  /** A client can limit the age of the session. A sign-in after the device's request is always new enough. */
  #isTooOld({ code, client }: DeviceRequest, session: Session): boolean {
    const { realm, now } = this.#parts
    const minutes = realm.settings.freshSignInMinutes
    const isStale = minutes > 0 && !isFresh(session, minutes, now())
    // rule S48: otherwise an old sign-in allows a tool of administration
    if (isStale && isAdminClient(realm.path, client.clientId)) return true
    const maxAge = code.params?.max_age
    if (typeof maxAge !== 'string' || session.createdAt >= askedAtOf(code)) return false
    return session.createdAt + Number(maxAge) * 1000 < now()
  }

  #sendToSignIn(ctx: OwnRouteContext, isAgain: boolean): void {
    const { realm, baseUrl } = this.#parts
    const query = new URLSearchParams({
      realm: realm.path,
      ...(isAgain ? { ForceAuth: 'true' } : {}),
      goto: this.#address,
    })
    ctx.status = 303
    ctx.redirect(`${baseUrl}/XUI/?${query}`)
  }

  get #address(): string {
    const { realm, baseUrl } = this.#parts
    return issuerOf(realm.path, baseUrl) + routes.code_verification
  }

  /**
   * A decision needs the token of the page that showed this code's application. As in AM, clients can send the session token. Other
   * sites can post a form, but know neither.
   */
  #isOurs({ csrf, decision, userCode }: Form, session: Session): boolean {
    const tokens = this.#csrfTokens(session, decision === '' ? '' : normalizedCode(userCode))
    return [session.tokenHash, ...tokens.map(digest)].includes(digest(csrf))
  }

  /** Newest key first. @param userCode empty for the page that asks for the code. */
  #csrfTokens(session: Session, userCode: string): [string, ...string[]] {
    return macsOf(this.#parts.keys(), JSON.stringify([session.handle, userCode]))
  }
}

/** @returns undefined if it isn't a form of this page. */
async function formOf(ctx: OwnRouteContext): Promise<Form | undefined> {
  const length = Number(ctx.get('content-length') || Number.NaN)
  if (!(length <= maxFormLength) || ctx.is('application/x-www-form-urlencoded') === false) return undefined
  const sent = new URLSearchParams(await text(ctx.req))
  const [userCode = '', csrf = '', decision = ''] = ['user_code', 'csrf', 'decision'].map((name) => {
    const values = sent.getAll(name)
    return values.length > 1 ? '' : values[0]
  })
  return { userCode, csrf, decision }
}
