import type { Client, Configuration } from 'oidc-provider'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { requestSeconds } from './ciba.ts'
import { ownMetadataOf } from './client-metadata.ts'

/** Longer than any session lasts by default, so that what somebody allowed is remembered as long as they are signed in. */
const rememberedSeconds = 24 * 3600

/** How long a client's refresh tokens last, in seconds. */
function refreshSeconds(client: Client, settings: OauthSettings): number {
  return ownMetadataOf(client).refresh_token_seconds || settings.refreshTokenSeconds
}

/** How long a grant lasts, in seconds: as long as the last token on it. */
export function grantSeconds(client: Client, settings: OauthSettings): number {
  const { access_token_seconds: access } = ownMetadataOf(client)
  const refresh = client.grantTypeAllowed('refresh_token') ? refreshSeconds(client, settings) : 0
  return Math.max(rememberedSeconds, access || settings.accessTokenSeconds, refresh) + settings.codeSeconds
}

/**
 * How long everything lasts, in seconds. What a client says wins.
 * @param now epoch milliseconds.
 */
export function lifetimes(settings: OauthSettings, now: () => number): NonNullable<Configuration['ttl']> {
  const accessToken = (client: Client) =>
    ownMetadataOf(client).access_token_seconds || settings.accessTokenSeconds
  return {
    AccessToken: (_ctx, _token, client) => accessToken(client),
    ClientCredentials: (_ctx, _token, client) => accessToken(client),
    AuthorizationCode: (_ctx, _code, client) => ownMetadataOf(client).code_seconds || settings.codeSeconds,
    RefreshToken: (_ctx, _token, client) => refreshSeconds(client, settings),
    BackchannelAuthenticationRequest: (ctx) => requestSeconds(ctx, settings.ciba.lifeSeconds),
    IdToken: settings.idTokenSeconds,
    // A grant does not know its client; the request does.
    Grant: ({ oidc }) =>
      oidc.client === undefined ? rememberedSeconds : grantSeconds(oidc.client, settings),
    // Neither is kept by this: an interaction not at all, a session as long as ours lasts.
    Interaction: 60,
    Session: (_ctx, session) => Math.max(1, (session.exp ?? 0) - Math.floor(now() / 1000)),
  }
}
