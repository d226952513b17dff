import { z } from 'zod'
import type { JsonObject } from '../../src/base/json.ts'
import { alpha, type Both, put } from './case.ts'

export type Connection = {
  realm: string
  /** How Keycloak authenticates to Sidegate. */
  method?: 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt'
  advanced?: JsonObject
  signing?: JsonObject
  /** More settings of Keycloak's identity provider. */
  config?: JsonObject
}

/** Makes the client of Sidegate, a realm of Keycloak and its identity provider, as docs/keycloak.md says. */
export async function connect(connection: Connection, { keycloak, server, ask }: Both): Promise<void> {
  const { realm, method = 'client_secret_basic' } = connection
  const secret = `the secret of ${realm}, which is long enough`
  await put(
    ask,
    `agents/OAuth2Client/${realm}`,
    clientOf(connection, secret, `${keycloak.url}/realms/${realm}`),
  )
  await keycloak.createRealm(realm)
  const provider = `/${realm}/identity-provider`
  const fromUrl = `${server}/oauth2${alpha}/.well-known/openid-configuration`
  const imported = await keycloak.admin(`${provider}/import-config`, 'POST', { providerId: 'oidc', fromUrl })
  await keycloak.admin(`${provider}/instances`, 'POST', {
    alias: 'sidegate',
    providerId: 'oidc',
    enabled: true,
    trustEmail: true,
    config: {
      ...z.record(z.string(), z.string()).parse(imported),
      clientId: realm,
      clientAuthMethod: method,
      ...(method === 'private_key_jwt' ? {} : { clientSecret: secret }),
      pkceEnabled: 'true',
      pkceMethod: 'S256',
      validateSignature: 'true',
      useJwksUrl: 'true',
      defaultScope: 'openid profile email',
      ...connection.config,
    },
  })
}

function clientOf(
  { method = 'client_secret_basic', advanced, signing }: Connection,
  secret: string,
  own: string,
) {
  const isByKey = method === 'private_key_jwt'
  const keys = {
    publicKeyLocation: 'jwks_uri',
    jwksUri: `${own}/protocol/openid-connect/certs`,
    tokenEndpointAuthSigningAlgorithm: 'RS256',
  }
  return {
    coreOAuth2ClientConfig: {
      clientType: 'Confidential',
      clientName: ['Keycloak'],
      ...(isByKey ? {} : { userpassword: secret }),
      scopes: ['openid', 'profile', 'email'],
      redirectionUris: [`${own}/broker/sidegate/endpoint`],
    },
    advancedOAuth2ClientConfig: {
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      tokenEndpointAuthMethod: method,
      isConsentImplied: true,
      requirePkce: true,
      ...advanced,
    },
    coreOpenIDClientConfig: {
      postLogoutRedirectUri: [`${own}/broker/sidegate/endpoint/logout_response`],
      backchannel_logout_uri: `${own}/protocol/openid-connect/logout/backchannel-logout`,
    },
    signEncOAuth2ClientConfig: { ...(isByKey ? keys : {}), ...signing },
  }
}
