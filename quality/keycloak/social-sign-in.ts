import { equal } from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney } from '../../test/support/prepared-folder.ts'
import { type Both, type Case, put } from './case.ts'

type Variant = {
  name: string
  handler: 'SocialProviderHandlerNode' | 'SocialProviderHandlerNodeV2'
  method: 'CLIENT_SECRET_BASIC' | 'CLIENT_SECRET_POST' | 'CLIENT_SECRET_JWT'
  /** The address to which people return, below the context path. */
  redirect?: string
  /** Attributes of Keycloak's client. */
  attributes?: Record<string, string>
}

const variants: Variant[] = [
  { name: 'basic', handler: 'SocialProviderHandlerNodeV2', method: 'CLIENT_SECRET_BASIC' },
  { name: 'post', handler: 'SocialProviderHandlerNode', method: 'CLIENT_SECRET_POST', redirect: '/XUI/' },
  { name: 'secret-jwt', handler: 'SocialProviderHandlerNodeV2', method: 'CLIENT_SECRET_JWT' },
  {
    name: 'signed-profile',
    handler: 'SocialProviderHandlerNodeV2',
    method: 'CLIENT_SECRET_BASIC',
    attributes: { 'user.info.response.signature.alg': 'ES256', 'id.token.signed.response.alg': 'ES256' },
  },
]

const password = 'Kim-Pass-2026'

/** Keycloak signs in people of Sidegate's journeys. */
export const socialSignIns: Case[] = variants.map((variant) => ({
  name: `social-${variant.name}`,
  play: (both) => play(variant, both),
}))

/** A journey for each node that handles providers: new people get an account. */
export async function saveJourneys(stores: Stores): Promise<void> {
  for (const handler of ['SocialProviderHandlerNode', 'SocialProviderHandlerNodeV2']) {
    await saveJourney(
      stores,
      handler,
      {
        choose: {
          type: 'SelectIdPNode',
          config: { includeLocalAuthentication: false },
          to: { socialAuthentication: 'handle' },
        },
        handle: {
          type: handler,
          to: {
            ACCOUNT_EXISTS: 'success',
            NO_ACCOUNT: 'create',
            ...(handler.endsWith('V2') ? { SOCIAL_AUTH_INTERRUPTED: 'failure' } : {}),
          },
        },
        create: {
          type: 'CreateObjectNode',
          config: { identityResource: 'managed/alpha_user' },
          to: { CREATED: 'success', FAILURE: 'failure' },
        },
      },
      { noSession: false },
    )
  }
}

async function play(variant: Variant, both: Both): Promise<void> {
  const { name, handler } = variant
  const { server, context } = both
  const mail = `kim.${name}@example.com`
  await connect(variant, mail, both)
  const page = await context.newPage()
  await enter(page, handler, both)
  await page.locator('#username').fill(mail)
  await page.locator('#password').fill(password)
  await page.locator('#password').press('Enter')
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
  equal((await accountsOf(mail, both)).length, 1, 'the person has an account')

  // Keycloak's session is still there, so the second sign-in asks nothing.
  await context.clearCookies({ domain: new URL(server).hostname })
  await enter(page, handler, both)
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
  equal((await accountsOf(mail, both)).length, 1, 'the account is found again')
}

/** Makes a realm of Keycloak with a person and a client, and Sidegate's provider, as docs/keycloak.md says. */
async function connect(
  { name, method, redirect = '/XUI/?realm=/alpha', attributes = {} }: Variant,
  mail: string,
  { keycloak, server, ask }: Both,
): Promise<void> {
  const realm = `people-${name}`
  const secret = `the secret of ${realm}, which is long enough`
  const redirectURI = `${server}${redirect}`
  await keycloak.createRealm(realm)
  await keycloak.admin(`/${realm}/users`, 'POST', {
    username: mail,
    email: mail,
    emailVerified: true,
    firstName: 'Kim',
    lastName: 'Lee',
    enabled: true,
    credentials: [{ type: 'password', value: password }],
  })
  await keycloak.admin(`/${realm}/clients`, 'POST', {
    clientId: 'sidegate',
    secret,
    redirectUris: [redirectURI],
    clientAuthenticatorType: method === 'CLIENT_SECRET_JWT' ? 'client-secret-jwt' : 'client-secret',
    attributes: { 'pkce.code.challenge.method': 'S256', ...attributes },
  })
  await put(ask, 'services/SocialIdentityProviders/oidcConfig/keycloak', {
    enabled: true,
    clientId: 'sidegate',
    clientSecret: secret,
    clientAuthenticationMethod: method,
    scopes: ['openid', 'profile', 'email'],
    redirectURI,
    pkceMethod: 'S256',
    wellKnownEndpoint: `${keycloak.url}/realms/${realm}/.well-known/openid-configuration`,
    uiConfig: { buttonDisplayName: 'Keycloak' },
  })
}

async function enter(page: Page, journey: string, { server }: Both): Promise<void> {
  await page.goto(`${server}/XUI/?realm=/alpha&service=${journey}`)
}

async function accountsOf(mail: string, { ask }: Both): Promise<unknown[]> {
  const filter = encodeURIComponent(`mail eq "${mail}"`)
  const { body } = await ask(`/openidm/managed/alpha_user?_queryFilter=${filter}`)
  return body.result
}
