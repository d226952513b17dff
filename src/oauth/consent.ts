import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { digest } from '../secrets/digest.ts'
import { type KeySource, macsOf } from '../secrets/macs.ts'
import type { Session } from '../sessions/session.ts'
import { assistantClient } from './admin-clients.ts'
import { requestOf } from './authorization-request.ts'
import { claimsOf, scopesOfClaims } from './claims.ts'
import { ownMetadataOf } from './client-metadata.ts'

type Grant = InstanceType<Provider['Grant']>

/** Decides whether a person must be asked for consent, and stores their decision with the session. */
export class Consent {
  readonly #keys: KeySource
  readonly #AccessDenied: typeof errors.AccessDenied

  constructor(keys: KeySource, AccessDenied: typeof errors.AccessDenied) {
    this.#keys = keys
    this.#AccessDenied = AccessDenied
  }

  /**
   * The grant of this session, extended by this request if consent is implied or the person has just allowed it.
   * @throws errors.AccessDenied if the person has just denied it.
   */
  async grantOf(ctx: KoaContextWithOIDC, session: Session | undefined): Promise<Grant | undefined> {
    const { oidc } = ctx
    const { provider, client, account } = oidc
    const clientId = client?.clientId ?? ''
    const grantId = oidc.session?.grantIdFor(clientId)
    const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId)
    const decision = session === undefined ? undefined : this.#decisionIn(ctx, session)
    if (decision === 'deny') throw new this.#AccessDenied('The end user denied the request')
    if (decision === undefined && !ownMetadataOf(client).is_consent_implied) return existing
    if (existing !== undefined && missingIn(ctx, existing).length === 0) return existing
    const grant = existing ?? new provider.Grant({ accountId: account?.accountId, clientId })
    grant.addOIDCScope(oidc.requestParamScopes)
    grant.addOIDCClaims(grantableClaims(ctx))
    await grant.save()
    return grant
  }

  /** Whether the consent page must be shown. */
  isNeeded(ctx: KoaContextWithOIDC, session: Session | undefined): boolean {
    const { oidc } = ctx
    if (ownMetadataOf(oidc.client).is_consent_implied) return false
    if (session !== undefined && this.#decisionIn(ctx, session) !== undefined) return false
    // rule S30: otherwise a browser that follows a link gets a code once a person has allowed one
    if (oidc.client?.clientId === assistantClient) return true
    return oidc.prompts.has('consent') || oidc.grant === undefined || missingIn(ctx, oidc.grant).length > 0
  }

  /** The scopes that the page explains: those requested, and those that the requested claims belong to. */
  requestedScopes(ctx: KoaContextWithOIDC): string[] {
    const { scope = '' } = requestOf(ctx)
    const scopes = ownMetadataOf(ctx.oidc.client).allowed_scopes
    return [
      ...new Set([
        ...scope.split(' '),
        // rule S17: otherwise the consent page does not show what the parameter claims releases
        ...scopesOfClaims(grantableClaims(ctx), scopes),
      ]),
    ]
  }

  /** The token in the consent page's form. Proves that the decision was made on the page, for this request. */
  csrfToken(ctx: KoaContextWithOIDC, session: Session): string {
    return this.#csrfTokens(ctx, session)[0]
  }

  /** Newest key first. Pages rendered before a key rotation have a token of an older key. */
  #csrfTokens(ctx: KoaContextWithOIDC, session: Session): [string, ...string[]] {
    const { client_id, redirect_uri, scope, claims } = requestOf(ctx)
    return macsOf(
      this.#keys(),
      JSON.stringify([
        session.handle,
        client_id,
        redirect_uri,
        scope,
        // rule S17: otherwise claims can be added to a request after its page was shown
        claims,
      ]),
    )
  }

  /**
   * Accepts the token of the consent page or, as AM's clients send it, the session token. Other sites can post a form, but know
   * neither. Source: "Authorization endpoint" (`csrf`, `decision`).
   */
  #decisionIn(ctx: KoaContextWithOIDC, session: Session): 'allow' | 'deny' | undefined {
    const { decision = '', csrf = '' } = requestOf(ctx)
    const expected = [session.tokenHash, ...this.#csrfTokens(ctx, session).map(digest)]
    const isOurs = expected.includes(digest(csrf))
    if (ctx.method !== 'POST' || !isOurs) return undefined
    const value = decision.toLowerCase()
    return value === 'allow' || value === 'deny' ? value : undefined
  }
}

/** Scopes and claims of the request that the grant doesn't cover. A scope covers its claims. */
function missingIn(ctx: KoaContextWithOIDC, grant: Grant): string[] {
  const scopes = new Set(grant.getOIDCScopeEncountered().split(' '))
  const claims = new Set([...grant.getOIDCClaimsEncountered(), ...[...scopes].flatMap(claimsOf)])
  return [
    ...[...ctx.oidc.requestParamScopes].filter((scope) => !scopes.has(scope)),
    // rule S17: otherwise an application gets new claims with an old consent
    ...grantableClaims(ctx).filter((claim) => !claims.has(claim)),
  ]
}

/** A client gets a claim that it requests by name if it may have a scope of the claim. */
function grantableClaims({ oidc }: KoaContextWithOIDC): string[] {
  const scopes = ownMetadataOf(oidc.client).allowed_scopes
  return [...oidc.requestParamClaims].filter((claim) => scopesOfClaims([claim], scopes).length > 0)
}
