import type { KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'
import { ownMetadataOf } from './client-metadata.ts'
import type { Pages } from './pages.ts'

type SubjectOf = (sector: string | undefined, personId: string) => Promise<string>

const hintSchema = z.object({ sub: z.string(), sid: z.string().exactOptional() })

const paramsSchema = z.object({
  post_logout_redirect_uri: z.string().exactOptional(),
  state: z.string().exactOptional(),
  logout: z.string().exactOptional(),
})

/**
 * Signs people out for applications. As in AM, a request with the session's ID token ends the session immediately, with or
 * without a cookie. Without it the person is asked, because otherwise any site could sign people out.
 * Source: OpenID Connect RP-Initiated Logout 1.0, section 2; "/oauth2/connect/endSession".
 */
export class SignOut {
  readonly #pages: Pages
  readonly #clearCookieHeader: string
  readonly #subjectOf: SubjectOf
  /** Requests whose response must delete the session cookie. */
  readonly #signedOut = new WeakSet<KoaContextWithOIDC>()

  /** @param clearCookieHeader a `Set-Cookie` value that deletes the session cookie. */
  constructor(pages: Pages, clearCookieHeader: string, subjectOf: SubjectOf) {
    this.#pages = pages
    this.#subjectOf = subjectOf
    this.#clearCookieHeader = clearCookieHeader
  }

  /** Handles a request from a signed-in person. @param form the confirmation form of `oidc-provider`. */
  async ask(ctx: KoaContextWithOIDC, form: string): Promise<void> {
    const { session } = ctx.oidc
    const hint = hintOf(ctx)
    if (session !== undefined && hint?.sid === session.uid && (await this.#isAbout(ctx, session.accountId))) {
      await session.destroy()
      await this.#answer(ctx)
      this.#signedOut.add(ctx)
      return
    }
    const { post_logout_redirect_uri: uri } = paramsOf(ctx)
    await this.#pages.showSignOut(ctx, form, uri !== undefined)
  }

  /** Handles requests without a signed-in session, for which `oidc-provider` would show a pointless confirmation form. */
  async finish(ctx: KoaContextWithOIDC): Promise<void> {
    const { route, provider, session } = ctx.oidc
    if (route === 'end_session' && ctx.status === 200 && session?.accountId === undefined) {
      const hint = hintOf(ctx)
      const named = hint?.sid === undefined ? undefined : await provider.Session.findByUid(hint.sid)
      if (named !== undefined && (await this.#isAbout(ctx, named.accountId))) await named.destroy()
      await this.#answer(ctx)
    }
    const isConfirmed =
      route === 'end_session_confirm' && ctx.status === 303 && paramsOf(ctx).logout !== undefined
    if (isConfirmed || this.#signedOut.has(ctx)) ctx.append('Set-Cookie', this.#clearCookieHeader)
  }

  /** Whether the ID token names this person, by the subject that its client knows. */
  async #isAbout(ctx: KoaContextWithOIDC, personId: string | undefined): Promise<boolean> {
    const sub = hintOf(ctx)?.sub
    if (sub === undefined || personId === undefined) return false
    return sub === (await this.#subjectOf(ownMetadataOf(ctx.oidc.client).sector, personId))
  }

  async #answer(ctx: KoaContextWithOIDC): Promise<void> {
    const { post_logout_redirect_uri: uri, state } = paramsOf(ctx)
    if (uri !== undefined) {
      const target = new URL(uri)
      if (state !== undefined) target.searchParams.set('state', state)
      ctx.status = 303
      ctx.redirect(target.href)
    } else if (ctx.accepts('json', 'html') === 'html') {
      ctx.status = 200
      await this.#pages.showSignedOut(ctx)
    } else {
      ctx.body = null
      ctx.status = 204
    }
  }
}

function hintOf({ oidc }: KoaContextWithOIDC) {
  return hintSchema.safeParse(oidc.entities.IdTokenHint?.payload).data
}

function paramsOf({ oidc }: KoaContextWithOIDC) {
  return paramsSchema.parse(JSON.parse(JSON.stringify(oidc.params ?? {})))
}
