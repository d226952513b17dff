import { deepEqual, equal } from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { sessionCookie } from '../../src/engine/server-cookies.ts'
import { startReturnAddress } from '../../test/browser/return-address.ts'
import { passPages } from '../conformance/visit.ts'
import { alpha, type Both, type Case, eventually } from './case.ts'
import { type Connection, connect } from './connect.ts'
import type { Person } from './keycloak.ts'

const connections: Connection[] = [
  { realm: 'basic' },
  { realm: 'post', method: 'client_secret_post' },
  { realm: 'secret-jwt', method: 'client_secret_jwt', config: { clientAssertionSigningAlg: 'HS256' } },
  { realm: 'key-jwt', method: 'private_key_jwt', config: { clientAssertionSigningAlg: 'RS256' } },
  { realm: 'back-channel', config: { backchannelSupported: 'true' } },
  // Keycloak sends no ID token, so Sidegate asks the person.
  { realm: 'asked', config: { sendIdTokenOnLogout: 'false', sendClientIdOnLogout: 'true' } },
  { realm: 'consent', advanced: { isConsentImplied: false } },
  { realm: 'es256', signing: { idTokenSignedResponseAlg: 'ES256' } },
  {
    realm: 'signed-profile',
    signing: { userinfoResponseFormat: 'SIGNED_JWT', userinfoSignedResponseAlg: 'RS256' },
  },
  { realm: 'pairwise', advanced: { subjectType: 'pairwise' } },
]

/** Keycloak's account page, and an application of Keycloak, sign in people of Sidegate. */
export const brokerings: Case[] = [
  ...connections.map((connection) => ({
    name: `broker-${connection.realm}`,
    play: (both: Both) => signInAndOut(connection, both),
  })),
  { name: 'broker-application', play: signInToApplication },
]

async function signInAndOut(connection: Connection, both: Both): Promise<void> {
  const { keycloak, context } = both
  const { realm } = connection
  await connect(connection, both)
  const page = await context.newPage()
  await page.goto(`${keycloak.url}/realms/${realm}/account`)
  await signInBySidegate(page, keycloak.url, both)
  const person = await onlyPerson(realm, both)
  deepEqual([person.email, person.firstName, person.lastName], ['alex@example.com', 'Alex', 'Caller'])
  const isSignedOut = async () => (await keycloak.sessions(realm, person.id)) === 0

  await page.getByTestId('options-toggle').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  if (connection.config?.sendIdTokenOnLogout === 'false') await page.locator('button[name=logout]').click()
  await eventually('sign-out ends the session of Keycloak', isSignedOut)
  await page.locator('#social-sidegate').waitFor()
  equal(await sessionOf(both), undefined, 'sign-out at Keycloak ends the session of Sidegate')

  await signInBySidegate(page, keycloak.url, both)
  equal((await onlyPerson(realm, both)).id, person.id)
  equal(await isSignedOut(), false)
  await endSession(both)
  await eventually('a logout token of Sidegate ends the session of Keycloak', isSignedOut)
}

/** After the consent, the browser goes to Keycloak and from there to another origin at once. */
async function signInToApplication(both: Both): Promise<void> {
  const { keycloak, context } = both
  const realm = 'application'
  await connect({ realm, advanced: { isConsentImplied: false } }, both)
  const application = await startReturnAddress()
  application.leadsTo((parameters) => `${keycloak.url}/realms/${realm}?arrived=${parameters.has('code')}`)
  await keycloak.admin(`/${realm}/clients`, 'POST', {
    clientId: 'application',
    publicClient: true,
    redirectUris: [application.url],
  })
  const query = {
    client_id: 'application',
    redirect_uri: application.url,
    response_type: 'code',
    scope: 'openid',
  }
  const page = await context.newPage()
  await page.goto(
    `${keycloak.url}/realms/${realm}/protocol/openid-connect/auth?${new URLSearchParams(query)}`,
  )
  await signInBySidegate(page, `${keycloak.url}/realms/${realm}?arrived=true`, both)
  await application.stop()
}

async function signInBySidegate(page: Page, end: string, { keycloak }: Both): Promise<void> {
  await page.locator('#social-sidegate').click()
  await page.waitForURL((now) => !now.href.startsWith(keycloak.url))
  await passPages(page, end, 'allow')
  if (end === keycloak.url) await page.getByTestId('options-toggle').waitFor()
}

async function onlyPerson(realm: string, { keycloak }: Both): Promise<Person> {
  const [person, ...others] = await keycloak.people(realm)
  if (person === undefined || others.length > 0) throw new Error('Keycloak must have one person')
  return person
}

/** Sidegate's session in this browser, if it is valid. */
async function sessionOf({ context, server, ask }: Both): Promise<string | undefined> {
  const cookies = await context.cookies(server)
  const token = cookies.find(({ name }) => name === sessionCookie)?.value
  if (token === undefined) return undefined
  const { body } = await ask(`${alpha}/sessions?_action=validate`, { method: 'POST', as: token, ...version })
  return body.valid === true ? token : undefined
}

async function endSession(both: Both): Promise<void> {
  const token = await sessionOf(both)
  if (token === undefined) throw new Error('Sidegate has no session in this browser')
  await both.ask(`${alpha}/sessions?_action=logout`, { method: 'POST', as: token, ...version })
}

const version = { headers: { 'accept-api-version': 'resource=2.0' } }
