import { afterAll, beforeAll, expect, test } from 'vitest'
import { scriptSchema } from '../../src/scripts/script.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { authenticate, output, signIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let server: TestServer

const inJavaScript = `
(function () {
  var java = JavaImporter(org.forgerock.json.JsonValue);
  var profile = java.JsonValue.json(java.JsonValue.object());
  profile.put('username', selectedIdp + '.' + rawProfile.get('given_name').asString());
  profile.put('given', rawProfile.given_name);
  profile.put('family', rawProfile.get('family_name'));
  profile.put('email', rawProfile.email);
  sharedState.put('normalized', true);
  return profile;
}());`

const inGroovy = `
import static org.forgerock.json.JsonValue.field
import static org.forgerock.json.JsonValue.json
import static org.forgerock.json.JsonValue.object

return json(object(
    field("userName", normalizedProfile.username),
    field("givenName", normalizedProfile.given),
    field("sn", normalizedProfile.family),
    field("mail", normalizedProfile.email)))`

beforeAll(async () => {
  provider = await startIdentityProvider()
  server = await startPrepared(
    async (stores) => {
      const nodes = (script: string) => ({
        choose: {
          type: 'SelectIdPNode',
          config: { includeLocalAuthentication: false },
          to: { socialAuthentication: 'handle' },
        },
        handle: {
          type: 'SocialProviderHandlerNode',
          config: { script },
          to: { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'create' },
        },
        create: {
          type: 'CreateObjectNode',
          config: { identityResource: 'managed/alpha_user' },
          to: { CREATED: 'created', FAILURE: 'failure' },
        },
        created: {
          type: 'SetSessionPropertiesNode',
          config: { properties: { isNew: 'yes' } },
          to: { outcome: 'success' },
        },
      })
      const flags = { noSession: false }
      // As in exports: the script itself may be missing.
      await saveJourney(stores, 'Social', nodes('58c824ae-84ed-4724-82cd-db128fc3f6c'), flags)
      const context = 'SOCIAL_IDP_PROFILE_TRANSFORMATION'
      const normalize = scriptSchema.parse({
        id: 'normalize',
        name: 'Normalize',
        source: inJavaScript,
        context,
      })
      const groovy = { context, language: 'GROOVY' }
      const person = scriptSchema.parse({ id: 'person', name: 'Person', source: inGroovy, ...groovy })
      const loop = 'for (x in rawProfile) { }\nreturn json(object())'
      const other = scriptSchema.parse({ id: 'other', name: 'Other', source: loop, ...groovy })
      for (const script of [normalize, person, other]) await stores.scripts.save('/alpha', script)
      for (const script of ['person', 'other'])
        await saveJourney(stores, `By ${script}`, nodes(script), flags)
    },
    { httpAllow: [provider.host] },
  )
  await putProvider(provider.document)
  // Tools that read the provider get no secret to send back.
  await putProvider({ ...provider.document, clientSecret: null })
})

afterAll(async () => {
  await server.stop()
  await provider.stop()
})

async function putProvider(document: object) {
  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  const services = `${server.url}/json/realms/root/realms/alpha/realm-config/services`
  const answer = await fetch(`${services}/SocialIdentityProviders/oidcConfig/ours`, {
    method: 'PUT',
    headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(document),
  })
  expect(answer.ok).toBe(true)
}

/** The browser returns to the page, which posts its stored step with the query parameters. */
async function comeBack(started: WireAnswer, changed: Record<string, string> = {}) {
  const parameters = await provider.signIn(String(output(started, 'redirectUrl')))
  const query = `?${new URLSearchParams({ ...parameters, ...changed })}`
  return authenticate(server.url, { query, body: stepOf(started) })
}

async function whoIs(answer: WireAnswer) {
  const response = await fetch(
    `${server.url}/json/realms/root/realms/alpha/sessions?_action=getSessionInfo`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', iplanetdirectorypro: String(answer.body.tokenId) },
    },
  )
  return (await response.json()) as { username: string }
}

test('a new person is created from the provider’s profile and recognised the next time', async () => {
  const created = await comeBack(await startJourney(server.url, 'Social'))
  expect(created.status).toBe(200)
  const { username } = await whoIs(created)
  provider.person.email = 'another@example.com'
  const again = await comeBack(await startJourney(server.url, 'Social'))
  expect(again.status).toBe(200)
  expect((await whoIs(again)).username).toBe(username)
})

test('the PKCE verifier and the client secret appear in no answer and no log', async () => {
  const started = await startJourney(server.url, 'Social')
  expect(JSON.stringify(started.body)).not.toContain('verifier')
  expect(server.logged()).not.toContain(provider.clientSecret)
})

test('a wrong state ends the journey', async () => {
  const { status } = await comeBack(await startJourney(server.url, 'Social'), { state: 'guessed' })
  expect(status).toBe(401)
})

test('an answer can’t be used in another journey', async () => {
  const [mine, other] = [await startJourney(server.url, 'Social'), await startJourney(server.url, 'Social')]
  const parameters = await provider.signIn(String(output(mine, 'redirectUrl')))
  const { status } = await authenticate(server.url, {
    query: `?${new URLSearchParams(parameters)}`,
    body: stepOf(other),
  })
  expect(status).toBe(401)
})

test('an address that the provider doesn’t vouch for makes no account', async () => {
  const { email, sub } = provider.person
  const statusWith = async (person: object) => {
    Object.assign(provider.person, person)
    return (await comeBack(await startJourney(server.url, 'Social'))).status
  }
  const fresh = { sub: 'unverified-1', email: 'unverified@example.com' }
  expect(await statusWith({ ...fresh, email_verified: false })).toBe(401)
  expect(await statusWith({ ...fresh, email_verified: true })).toBe(200)
  // The username would be the address of another person.
  expect(await statusWith({ sub: 'verified-1', email: 'alex@example.com' })).toBe(401)
  Object.assign(provider.person, { email, sub })
})

test('a realm’s scripts transform the profile, and the log names one that can’t run', async () => {
  await putProvider({ ...provider.document, transform: 'normalize' })
  provider.person.sub = 'kim-1'
  provider.person.given_name = 'Kim'
  provider.person.email = 'kim@example.com'
  const created = await comeBack(await startJourney(server.url, 'By person'))
  expect(created.status).toBe(200)
  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  const filter = encodeURIComponent('userName eq "ours.Kim"')
  const people = await fetch(
    `${server.url.replace(/\/am$/, '')}/openidm/managed/alpha_user?_queryFilter=${filter}`,
    { headers: { cookie: `iPlanetDirectoryPro=${token}` } },
  )
  expect(await people.json()).toMatchObject({
    result: [{ givenName: 'Kim', sn: 'Lee', mail: 'kim@example.com', aliasList: ['ours-kim-1'] }],
  })
  expect((await comeBack(await startJourney(server.url, 'By other'))).status).toBe(401)
  expect(server.logged()).toContain("Script 'Other' is in Groovy")
})
