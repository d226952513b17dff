import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { claimsByScope } from './claims.ts'
import { ownMetadataNames } from './client-metadata.ts'
import { announcedScopes, clientAuthMethods, routes } from './endpoints.ts'
import { grantSeconds, lifetimes } from './lifetimes.ts'
import type { SigningKeys } from './signing-keys.ts'

/** The cookie by which `oidc-provider` is told of our session. It never leaves the server. */
export const sessionName = 'sidegate_session'

type Chosen = { keys: SigningKeys; settings: OauthSettings; now(): number }

/** What is the same whatever the request. Each default that prints a notice is replaced by a choice of ours. */
export function fixedConfiguration({ keys, settings, now }: Chosen): Configuration {
  return {
    jwks: keys,
    routes,
    scopes: announcedScopes,
    responseTypes: ['code'],
    acrValues: settings.contexts.map(({ acr }) => acr),
    claims: claimsByScope,
    clientAuthMethods,
    extraClientMetadata: { properties: ownMetadataNames },
    // AM takes the authorization request by POST, too: that is how a decision comes.
    enableHttpPostMethods: true,
    cookies: {
      names: { session: sessionName, interaction: 'sidegate_interaction', resume: 'sidegate_resume' },
      long: { signed: false, sameSite: 'none' },
      short: { signed: false },
    },
    // Who cannot keep a secret proves by this that it asked for the code. Others may.
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: (ctx) => prolongGrant(ctx, settings, now),
    // As in AM, tokens live their own time; signing out by an application ends them.
    expiresWithSession: async () => false,
    // Which origins may read answers is the realm's to say: headers are set before we come here.
    clientBasedCORS: () => true,
    ttl: lifetimes(settings, now),
  }
}

/** A refresh token that is used is replaced; what it stands on lasts as long as the new one. */
async function prolongGrant(
  { oidc }: KoaContextWithOIDC,
  settings: OauthSettings,
  now: () => number,
): Promise<boolean> {
  const { Grant: grant, Client: client } = oidc.entities
  if (grant !== undefined && client !== undefined) {
    grant.exp = Math.floor(now() / 1000) + grantSeconds(client, settings)
    await grant.save()
  }
  return true
}

type Owned = { clientId?: string | undefined }

/** A client ends its own tokens only. */
export function mayRevoke(_ctx: KoaContextWithOIDC, client: Client, token: Owned): boolean {
  return token.clientId === client.clientId
}

/** A client is told of its own tokens only, and has to show who it is (RFC 7662, section 2.1). */
export function mayIntrospect(_ctx: KoaContextWithOIDC, client: Client, token: Owned): boolean {
  return client.clientAuthMethod !== 'none' && token.clientId === client.clientId
}
