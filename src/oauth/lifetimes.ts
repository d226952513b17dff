import type { Client, Configuration } from 'oidc-provider'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { requestSeconds } from './ciba.ts'
import { ownMetadataOf } from './client-metadata.ts'
import { fapiCodeSeconds, isFapi } from './fapi.ts'

/** Longer than the default session lifetime, so that consent lasts until the person signs out. */
const rememberedSeconds = 24 * 3600

/** In seconds. */
function refreshSeconds(client: Client, settings: OauthSettings): number {
  return ownMetadataOf(client).refresh_token_seconds || settings.refreshTokenSeconds
}

/** Lifetime of a grant in seconds: at least that of its longest-lived token. */
export function grantSeconds(client: Client, settings: OauthSettings): number {
  const { access_token_seconds: access } = ownMetadataOf(client)
  const refresh = client.grantTypeAllowed('refresh_token') ? refreshSeconds(client, settings) : 0
  return Math.max(rememberedSeconds, access || settings.accessTokenSeconds, refresh) + settings.codeSeconds
}

/**
 * All lifetimes, in seconds. A client's own lifetimes override the realm's.
 * @param now epoch milliseconds.
 */
export function lifetimes(settings: OauthSettings, now: () => number): NonNullable<Configuration['ttl']> {
  const accessToken = (client: Client) =>
    ownMetadataOf(client).access_token_seconds || settings.accessTokenSeconds
  return {
    AccessToken: (_ctx, _token, client) => accessToken(client),
    ClientCredentials: (_ctx, _token, client) => accessToken(client),
    AuthorizationCode: (_ctx, _code, client) => {
      const seconds = ownMetadataOf(client).code_seconds || settings.codeSeconds
      return isFapi(client) ? Math.min(seconds, fapiCodeSeconds) : seconds
    },
    RefreshToken: (_ctx, _token, client) => refreshSeconds(client, settings),
    BackchannelAuthenticationRequest: (ctx) => requestSeconds(ctx, settings.ciba.lifeSeconds),
    DeviceCode: settings.device.lifeSeconds,
    IdToken: (_ctx, _token, client) => ownMetadataOf(client).id_token_seconds || settings.idTokenSeconds,
    // Read the client from the request, because the grant has only its id.
    Grant: ({ oidc }) =>
      oidc.client === undefined ? rememberedSeconds : grantSeconds(oidc.client, settings),
    // Neither decides when a record ends: interactions are not stored, and the session has its own expiry.
    Interaction: 60,
    Session: (_ctx, session) => Math.max(1, (session.exp ?? 0) - Math.floor(now() / 1000)),
  }
}
