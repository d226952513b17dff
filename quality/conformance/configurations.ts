import { exportJWK, generateKeyPair } from 'jose'
import type { JsonObject } from '../../src/base/json.ts'
import { type Ask, asking } from '../../test/support/rest.ts'
import { adminPassword } from '../../test/support/start-server.ts'
import { signIn } from '../../test/support/wire.ts'

export type ConfigurationName =
  | 'secret'
  | 'logout'
  | 'registered'
  | 'poll'
  | 'rejection'
  | 'ping'
  | 'fapi2'
  | 'fapi2Signed'
export type Configurations = Readonly<Record<ConfigurationName, JsonObject>>

type Addresses = {
  /** Of the server, with the context path. */
  server: string
  suite: string
  /** Called by the suite when a person has to answer; names the action in a parameter. */
  approver: string
  /** Texts of a key and its certificate. The suite sends one with CIBA requests, which this server doesn't ask for. */
  certificate: { key: string; cert: string }
}

const alpha = '/realms/root/realms/alpha'
const alias = 'sidegate'

/** Values of claims that people have only if the realm has an attribute with the claim's name. */
const ownClaims = {
  middle_name: 'May',
  nickname: 'Lex',
  profile: 'https://example.com/alex',
  picture: 'https://example.com/alex.png',
  website: 'https://example.com',
  gender: 'other',
  birthdate: '1990-01-01',
  zoneinfo: 'Europe/Berlin',
}

const person = {
  givenName: 'Alex',
  sn: 'Doe',
  mail: 'alex@example.com',
  telephoneNumber: '+4915112345678',
  postalAddress: 'Main Street 1',
  city: 'Bremen',
  stateProvince: 'HB',
  postalCode: '28195',
  country: 'DE',
  preferredLanguage: 'en',
  ...ownClaims,
}

/**
 * Prepares the sample realm of a new server, whose other settings stay the defaults, and makes new keys for its applications.
 * @returns the suite's configurations.
 */
export async function prepareRealm(addresses: Addresses): Promise<Configurations> {
  const { server, suite } = addresses
  const ask = asking(server, await signIn(server, 'amadmin', adminPassword, '/'))
  await changeSettings(ask)
  await changePerson(ask)
  const callback = `${suite}/test/a/${alias}`
  const register = (id: string, document: Application) => registerApplication(ask, callback, id, document)
  const issuer = `${server}/oauth2${alpha}`
  const common = {
    alias,
    description: 'Sidegate',
    server: { discoveryUrl: `${issuer}/.well-known/openid-configuration`, login_hint: 'alex' },
    resource: { resourceUrl: `${issuer}/userinfo` },
  }
  const pair: Pair = async (name, application, more) => ({
    ...common,
    client: { ...(await register(`${name}-one`, application)), ...more },
    client2: { ...(await register(`${name}-two`, application)), ...more },
  })
  const signed = { dpop_signing_alg: 'ES256', scope: 'openid profile email' }
  return {
    secret: {
      ...(await pair('secret', { method: 'client_secret_basic' }, { scope: 'openid' })),
      client_secret_post: await register('posted', { method: 'client_secret_post' }),
      consent: {},
    },
    logout: await pair(
      'logout',
      { method: 'client_secret_basic', openId: { backchannel_logout_uri: `${callback}/backchannel_logout` } },
      { scope: 'openid' },
    ),
    registered: { ...common, client: { client_name: 'One' }, client2: { client_name: 'Two' } },
    ...(await cibaConfigurations(pair, callback, addresses)),
    fapi2: await pair('fapi', { advanced: { fapi2: true } }, signed),
    fapi2Signed: await pair(
      'signed',
      { advanced: { fapi2: true, require_signed_request_object: true } },
      signed,
    ),
  }
}

/** Registers two applications. @returns a configuration with them. */
type Pair = (name: string, application: Application, more: JsonObject) => Promise<JsonObject>

const cibaGrant = 'urn:openid:params:grant-type:ciba'

async function cibaConfigurations(pair: Pair, callback: string, { approver, certificate }: Addresses) {
  const advanced = { grantTypes: [cibaGrant, 'refresh_token'] }
  const asked = { scope: 'openid profile', hint_type: 'login_hint', hint_value: 'lena' }
  const ping = {
    tokenDeliveryMode: 'ping',
    notificationEndpoint: `${callback}/ciba-notification-endpoint`,
  }
  const approval = {
    automated_ciba_approval_url: `${approver}?action={action}`,
    mtls: certificate,
    mtls2: certificate,
  }
  return {
    poll: { ...(await pair('poll', { advanced }, asked)), ...approval },
    rejection: { ...(await pair('rejection', { advanced }, { ...asked, hint_value: 'alex' })), ...approval },
    ping: { ...(await pair('ping', { advanced, ciba: ping }, asked)), ...approval },
  }
}

async function changeSettings(ask: Ask): Promise<void> {
  const { body: settings } = await ask(`${alpha}/realm-config/settings`)
  const { oauth } = settings
  const customAttributes = [
    ...Object.keys(ownClaims).map((name) => ({ name, title: name })),
    ...['verifiedMail', 'verifiedTelephoneNumber'].map((name) => ({
      name,
      title: name,
      userEditable: false,
    })),
  ]
  await send(ask, `${alpha}/realm-config/settings`, 'PUT', {
    ...settings,
    customAttributes: [...settings.customAttributes, ...customAttributes],
    oauth: {
      ...oauth,
      // The plan for sign-ins that others start registers its application. The plans ask one person all the time.
      registration: { ...oauth.registration, access: 'open', maxPerHour: 1000 },
      ciba: { ...oauth.ciba, maxRequestsPerPerson: 0 },
    },
  })
}

async function changePerson(ask: Ask): Promise<void> {
  const people = '/openidm/managed/alpha_user'
  const { body } = await ask(`${people}?_queryFilter=${encodeURIComponent('userName eq "alex"')}`)
  const operations = Object.entries(person).map(([field, value]) => ({
    operation: 'replace',
    field: `/${field}`,
    value,
  }))
  await send(ask, `${people}/${body.result[0]._id}`, 'PATCH', operations)
}

type Application = {
  /** `private_key_jwt` if undefined. */
  method?: 'client_secret_basic' | 'client_secret_post'
  advanced?: JsonObject
  openId?: JsonObject
  ciba?: JsonObject
}

/** @returns the application as the suite knows it. */
async function registerApplication(
  ask: Ask,
  callback: string,
  id: string,
  { method, advanced = {}, openId = {}, ciba = {} }: Application,
): Promise<JsonObject> {
  const secret = `the secret of ${id}, which is long enough`
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const about = { use: 'sig', alg: 'ES256', kid: id }
  const jwkSet = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), ...about }] })
  await send(ask, `${alpha}/realm-config/agents/OAuth2Client/${id}`, 'PUT', {
    coreOAuth2ClientConfig: {
      clientType: 'Confidential',
      clientName: id,
      ...(method === undefined ? {} : { userpassword: secret }),
      scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
      redirectionUris: [`${callback}/callback`, `${callback}/callback?dummy1=lorem&dummy2=ipsum`],
    },
    advancedOAuth2ClientConfig: {
      grantTypes: ['authorization_code', 'refresh_token'],
      tokenEndpointAuthMethod: method ?? 'private_key_jwt',
      isConsentImplied: false,
      ...advanced,
    },
    coreOpenIDClientConfig: {
      postLogoutRedirectUri: [`${callback}/post_logout_redirect`],
      ...openId,
    },
    cibaClientConfig: ciba,
    signEncOAuth2ClientConfig:
      method === undefined
        ? {
            publicKeyLocation: 'jwks',
            jwkSet,
            tokenEndpointAuthSigningAlgorithm: 'ES256',
            idTokenSignedResponseAlg: 'ES256',
          }
        : {},
  })
  const own = { keys: [{ ...(await exportJWK(privateKey)), ...about }] }
  return { client_id: id, ...(method === undefined ? { jwks: own } : { client_secret: secret }) }
}

async function send(ask: Ask, path: string, method: 'PUT' | 'POST' | 'PATCH', body: unknown): Promise<void> {
  const answer = await ask(path, { method, body })
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
}
