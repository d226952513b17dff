import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { claimsByScope } from './claims.ts'
import { ownMetadataNames, ownMetadataOf } from './client-metadata.ts'
import {
  assertionAlgorithms,
  backchannelLogoutMembers,
  clientAuthMethods,
  contextsAnnounced,
  responseTypes,
  routes,
  scopesAnnounced,
  sessionName,
  signingAlgorithms,
  strongAlgorithms,
} from './endpoints.ts'
import { isFapi } from './fapi.ts'
import { grantSeconds, lifetimes } from './lifetimes.ts'
import type { SigningKeys } from './signing-keys.ts'

type Chosen = { keys: SigningKeys; settings: OauthSettings; now(): number }

/** The configuration that doesn't depend on the request. Sets every option whose default makes the library print a notice. */
export function fixedConfiguration({ keys, settings, now }: Chosen): Configuration {
  return {
    jwks: keys,
    routes,
    scopes: scopesAnnounced(settings),
    responseTypes: [...responseTypes],
    acrValues: contextsAnnounced(settings.contexts),
    claims: claimsByScope,
    conformIdTokenClaims: !settings.claimsInIdToken,
    clientAuthMethods: [...clientAuthMethods],
    enabledJWA: {
      clientAuthSigningAlgValues: [...assertionAlgorithms],
      requestObjectSigningAlgValues: [...assertionAlgorithms],
      idTokenSigningAlgValues: [...signingAlgorithms],
      userinfoSigningAlgValues: [...signingAlgorithms],
      introspectionSigningAlgValues: [...signingAlgorithms],
      dPoPSigningAlgValues: [...strongAlgorithms],
    },
    subjectTypes: ['public', 'pairwise'],
    discovery: backchannelLogoutMembers,
    extraClientMetadata: { properties: ownMetadataNames },
    // AM also accepts authorization requests by POST, which submits the consent decision.
    enableHttpPostMethods: true,
    cookies: {
      names: { session: sessionName, interaction: 'sidegate_interaction', resume: 'sidegate_resume' },
      long: { signed: false, sameSite: 'none' },
      short: { signed: false },
    },
    pkce: {
      // rule S45: otherwise the switch of a client outranks the realm that requires PKCE of all
      required: (_ctx, client) => settings.requirePkce || ownMetadataOf(client).requires_pkce,
    },
    issueRefreshToken: async (_ctx, client) =>
      settings.issueRefreshTokens &&
      client.grantTypeAllowed('refresh_token') &&
      ownMetadataOf(client).issues_refresh_tokens !== false,
    rotateRefreshToken: (ctx) => prolongGrant(ctx, settings, now),
    // As in AM, tokens outlive the session, unless an application signs the person out.
    expiresWithSession: async () => false,
    // The server has already set the CORS headers from the realm's settings.
    clientBasedCORS: () => true,
    ttl: lifetimes(settings, now),
  }
}

/**
 * Rotates refresh tokens, and extends the grant to the lifetime of the new token. Clients under FAPI 2.0 keep theirs, because they
 * prove their key at each use (Security Profile, 5.3.2.1).
 */
async function prolongGrant(
  { oidc }: KoaContextWithOIDC,
  settings: OauthSettings,
  now: () => number,
): Promise<boolean> {
  const { Grant: grant, Client: client } = oidc.entities
  if (isFapi(client)) return false
  if (grant !== undefined && client !== undefined) {
    grant.exp = Math.floor(now() / 1000) + grantSeconds(client, settings)
    await grant.save()
  }
  return true
}

type Owned = { clientId?: string | undefined }

/** A client can revoke only its own tokens. */
export function mayRevoke(_ctx: KoaContextWithOIDC, client: Client, token: Owned): boolean {
  return token.clientId === client.clientId
}

/** Only authenticated clients can introspect tokens (RFC 7662, section 2.1), and only their own. */
export function mayIntrospect(_ctx: KoaContextWithOIDC, client: Client, token: Owned): boolean {
  // rule R7: otherwise an application uses the tokens of another
  return client.clientAuthMethod !== 'none' && token.clientId === client.clientId
}
