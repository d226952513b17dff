import type { interactionPolicy, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { allParameters, decisionParameters, requestOf } from './authorization-request.ts'
import { ownMetadataOf } from './client-metadata.ts'
import type { Consent } from './consent.ts'
import type { Pages } from './pages.ts'
import { isPushed, pushAgain } from './pushed-requests.ts'
import { type SignInNeeds, signInPolicy, signInUrl } from './sign-in-policy.ts'

type InteractionNeeds = SignInNeeds & { consent: Consent; pages: Pages }

type PolicyParts = Parameters<typeof signInPolicy>[0]

/**
 * The steps a person must take before an authorization request is answered: sign in and give consent. Stateless: the request
 * itself travels to the page and back.
 */
export class Interactions {
  readonly #needs: InteractionNeeds
  /** Requests whose response is the consent page. */
  readonly #asking = new WeakSet<KoaContextWithOIDC>()

  constructor(needs: InteractionNeeds) {
    this.#needs = needs
  }

  policy(library: PolicyParts): interactionPolicy.Prompt[] {
    return signInPolicy(library, this.#needs.consent, this.#needs)
  }

  grantOf(ctx: KoaContextWithOIDC): Promise<InstanceType<Provider['Grant']> | undefined> {
    return this.#needs.consent.grantOf(ctx, this.#needs.sessionOf(ctx))
  }

  /** The URL that `oidc-provider` redirects to for an interaction. */
  async url(ctx: KoaContextWithOIDC): Promise<string> {
    if (ctx.oidc.entities.Interaction?.prompt.name !== 'consent') return signInUrl(ctx, this.#needs)
    this.#asking.add(ctx)
    return this.#needs.authorizeUrl
  }

  /** Replaces the redirect by the consent page itself, as in AM. */
  async finish(ctx: KoaContextWithOIDC): Promise<void> {
    const { consent, pages, sessionOf, authorizeUrl } = this.#needs
    const session = sessionOf(ctx)
    if (!this.#asking.has(ctx) || session === undefined) return
    const { client_id, redirect_uri = '' } = requestOf(ctx)
    const given = Object.entries(allParameters(ctx))
    const kept = given.filter(([name]) => !decisionParameters.some((decision) => decision === name))
    const again = Object.fromEntries(kept)
    ctx.remove('Location')
    ctx.status = 200
    await pages.showConsent(ctx, {
      application: ctx.oidc.client?.clientName ?? client_id,
      userName: session.username,
      scopes: consent.requestedScopes(ctx),
      scopeLines: ownMetadataOf(ctx.oidc.client).scope_lines,
      action: authorizeUrl,
      fields: {
        ...(isPushed(ctx) ? await pushAgain(ctx, again) : again),
        csrf: consent.csrfToken(ctx, session),
      },
      redirectUri: redirect_uri,
      isRegistered: ownMetadataOf(ctx.oidc.client).is_registered === true,
    })
  }
}
