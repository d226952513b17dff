import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { bearer } from '../support/admin-tokens.ts'
import { asking } from '../support/rest.ts'
import { idpMetadata } from '../support/saml-metadata.ts'
import { assertionOf, createAccount, exchange, newKeys } from '../support/service-accounts.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// What fr-config-manager pulls it pushes again: every call by token, in the order and with the headers of the tool.

let server: TestServer
let origin: string
let token: string

beforeAll(async () => {
  server = await startServer()
  origin = new URL(server.url).origin
  const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const scopes = ['fr:am:*', 'fr:idm:*', 'fr:idc:esv:*']
  const keys = await newKeys()
  const id = String((await createAccount(ask, keys, { scopes })).body._id)
  const { body } = await exchange(server.url, await assertionOf(server.url, id, keys), scopes.join(' '))
  token = body.access_token
})
afterAll(() => server.stop())

async function call(method: string, path: string, body?: unknown, version = '') {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...bearer(token),
      ...(version === '' ? {} : { 'accept-api-version': version }),
      ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

const am = '/am/json/realms/root/realms/alpha'
const trees = `${am}/realm-config/authentication/authenticationtrees`
const protocol2 = 'protocol=2.0,resource=1.0'
const written = (status: number) => status === 200 || status === 201

async function pulled(path: string): Promise<JsonObject> {
  const { status, body } = await call('GET', path)
  expect({ path, status }).toEqual({ path, status: 200 })
  return body
}

async function listed(path: string): Promise<JsonObject[]> {
  return (await pulled(path)).result as JsonObject[]
}

/** Sends what was pulled back, and pulls it again. */
async function pushed(path: string, sent: JsonObject, version = '') {
  const { _rev, ...body } = sent
  const answer = await call('PUT', path, body, version)
  expect({ path, ...answer, isWritten: written(answer.status) }).toMatchObject({ path, isWritten: true })
  expect(unstamped(await pulled(path))).toEqual(unstamped(sent))
}

/** Without revisions, and who wrote when. */
function unstamped(resource: JsonObject): JsonObject {
  const { _rev, lastModifiedBy, lastModifiedDate, ...rest } = resource
  return rest
}

test('pushes journeys with the nodes of their pages', async () => {
  const journeys = await listed(`${trees}/trees?_queryFilter=true`)
  for (const journey of journeys.filter(({ _id }) => _id === 'Login' || _id === 'VerifyCaller')) {
    const places = Object.entries(journey.nodes as Record<string, { nodeType: string }>)
    for (const [id, { nodeType }] of places) {
      const node = (await listed(`${trees}/nodes/${nodeType}?_queryFilter=true`)).find(
        ({ _id }) => _id === id,
      )
      for (const child of (node?.nodes ?? []) as { _id: string; nodeType: string }[]) {
        const of = await listed(`${trees}/nodes/${child.nodeType}?_queryFilter=true`)
        const found = of.find(({ _id }) => _id === child._id)
        await pushed(`${trees}/nodes/${child.nodeType}/${child._id}`, found ?? {})
      }
      await pushed(`${trees}/nodes/${nodeType}/${id}`, node ?? {})
    }
    await pushed(`${trees}/trees/${journey._id}`, journey)
  }
})

test('pushes scripts, and custom nodes with PUT', async () => {
  const [script = {}] = await listed(`${am}/scripts?_queryFilter=true`)
  await pushed(`${am}/scripts/${script._id}`, script, protocol2)
  const node = {
    serviceName: randomUUID().replaceAll('-', ''),
    displayName: 'Pushed',
    description: '',
    outcomes: ['done'],
    outputs: [],
    inputs: [],
    script: 'outcome = "done";',
    errorOutcome: false,
    tags: [],
    properties: {},
  }
  const designer = '/am/json/node-designer/node-type'
  const at = `${designer}/${node.serviceName}-1`
  expect((await call('PUT', at, { _id: `${node.serviceName}-1`, ...node }, protocol2)).status).toBe(201)
  const found = (await listed(`${designer}?_queryFilter=true`)).find(({ _id }) => at.endsWith(`/${_id}`))
  await pushed(at, found ?? {}, protocol2)
})

test('pushes services with what is below them, authentication and OAuth2 clients', async () => {
  const services = `${am}/realm-config/services`
  for (const { _id } of await listed(`${services}?_queryFilter=true`)) {
    const version = 'protocol=1.0,resource=1.0'
    const below = await call('POST', `${services}/${_id}?_action=nextdescendents`, undefined, version)
    expect(below).toMatchObject({ status: 200, body: { result: expect.any(Array) } })
    await pushed(`${services}/${_id}`, await pulled(`${services}/${_id}`), protocol2)
  }
  await pushed(`${am}/realm-config/authentication`, await pulled(`${am}/realm-config/authentication`))
  const client = `${am}/realm-config/agents/OAuth2Client/shop`
  const body = { coreOAuth2ClientConfig: { redirectionUris: ['https://shop.example.com/'] } }
  expect((await call('PUT', client, body, protocol2)).status).toBe(201)
  await pushed(client, await pulled(client), protocol2)
})

test('pushes the origins of web applications', async () => {
  const service = '/am/json/global-config/services/CorsService'
  const filter = '/openidm/config/servletfilter/cors'
  const id = 'shop'
  const configuration = {
    _id: id,
    _type: { _id: 'configuration', name: 'CORS Configuration', collection: true },
    enabled: true,
    acceptedOrigins: ['https://shop.example.com'],
    acceptedHeaders: [],
    acceptedMethods: ['GET'],
    exposedHeaders: [],
    maxAge: 600,
    allowCredentials: true,
  }
  await pushed(service, await pulled(service))
  const filterBody = { _id: 'servletfilter/cors', initParams: { allowedOrigins: 'https://shop.example.com' } }
  await pushed(filter, await pulled(filter))
  expect((await call('PUT', filter, filterBody)).status).toBe(200)
  expect(await pulled(filter)).toMatchObject(filterBody)
  expect(written((await call('PUT', `${service}/configuration/${id}`, configuration)).status)).toBe(true)
  const { body } = await call('POST', `${service}?_action=nextdescendents`, undefined, protocol2)
  expect((body.result as JsonObject[]).map(unstamped)).toEqual([configuration])
})

test('pushes SAML entities with their metadata, and circles of trust', async () => {
  const saml = `${am}/realm-config/saml2`
  const named = (entityId: string) => listed(`${saml}?_queryFilter=entityId%20eq%20'${entityId}'`)
  const [sp, idp] = ['https://sp.example.com', 'https://idp.example.com']
  expect(await named(sp)).toEqual([])
  const serviceProvider = { services: { metaAlias: '/alpha/sp' }, advanced: {} }
  const created = await call(
    'POST',
    `${saml}/hosted?_action=create`,
    { entityId: sp, serviceProvider },
    protocol2,
  )
  expect(created.status).toBe(201)
  const metadata = await idpMetadata(idp)
  const standardMetadata = Buffer.from(metadata).toString('base64url')
  const imported = await call('POST', `${saml}/remote?_action=importEntity`, { standardMetadata }, protocol2)
  expect(imported.status).toBe(200)
  for (const [entityId, location, role] of [
    [sp, 'hosted', 'serviceProvider'],
    [idp, 'remote', 'identityProvider'],
  ] as const) {
    const [found = {}] = await named(entityId)
    expect(found).toMatchObject({ location, roles: [role] })
    await pushed(
      `${saml}/${location}/${found._id}`,
      await pulled(`${saml}/${location}/${found._id}`),
      protocol2,
    )
    const exported = `/am/saml2/jsp/exportmetadata.jsp?entityid=${entityId}&realm=alpha`
    expect(await (await fetch(`${origin}${exported}`, { headers: bearer(token) })).text()).toContain(entityId)
  }
  const circle = `${am}/realm-config/federation/circlesoftrust/partners`
  const trustedProviders = [`${sp}|saml2`, `${idp}|saml2`]
  const body = { _id: 'partners', status: 'active', trustedProviders }
  expect((await call('PUT', circle, body, protocol2)).status).toBe(201)
  await pushed(circle, await pulled(circle), protocol2)
})

test('pulls everything without a stop, and pushes it as it was pulled', async () => {
  const names = ['access', 'audit', 'external.email', 'provisioner.openicf.connectorinfoprovider', 'sync']
  const documents = [
    ...[...names, 'ui/configuration'].map((name) => `/openidm/config/${name}`),
    '/environment/cookie-domains',
    '/environment/content-security-policy/enforced',
    '/environment/content-security-policy/report-only',
  ]
  for (const at of documents) await pushed(at, await pulled(at))
  const mappings = `${am}/realm-config/secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings`
  const label = 'am.services.oauth2.stateless.signing.RSA'
  const mapping = { _id: label, secretId: label, aliases: ['esv-signing-key'] }
  expect((await call('PUT', `${mappings}/${label}`, mapping)).status).toBe(201)
  const [found = {}] = await listed(`${mappings}?_queryFilter=true`)
  await pushed(`${mappings}/${label}`, found)
  for (const filter of ['_id sw "endpoint"', '_id sw "schedule/"', '_id sw "provisioner.openicf/"'])
    expect(await listed(`/openidm/config?_queryFilter=${encodeURIComponent(filter)}`), filter).toEqual([])
  expect(await listed('/openidm/internal/role?_queryFilter=true')).toEqual([])
  expect((await call('PUT', '/openidm/internal/role/one', { name: 'one' })).status).toBe(501)
  const schedule = { _id: 'schedule/nightly', enabled: true, invokeService: 'script' }
  expect(await call('PUT', '/openidm/config/schedule/nightly', schedule)).toMatchObject({
    status: 201,
    body: { _findings: [expect.stringContaining('no effect here')] },
  })
  for (const path of ['policies', 'applications', 'resourcetypes'])
    expect((await call('POST', `${am}/${path}/one?_action=create`, { name: 'one' })).status, path).toBe(501)
})

describe('of the identity management', () => {
  test('pushes managed objects, themes and email templates', async () => {
    const { objects } = await pulled('/openidm/config/managed')
    await pushed('/openidm/config/managed', { _id: 'managed', objects: objects ?? [] })
    await pushed('/openidm/config/ui/themerealm', await pulled('/openidm/config/ui/themerealm'))
    const filter = encodeURIComponent('_id sw "emailTemplate"')
    const templates = await listed(`/openidm/config?_queryFilter=${filter}`)
    const [
      template = { _id: 'emailTemplate/welcome', ...(await pulled('/openidm/config/emailTemplate/welcome')) },
    ] = templates
    await pushed(`/openidm/config/${template._id}`, template)
  })

  test('pushes security questions, which realms then have', async () => {
    const at = '/openidm/config/selfservice.kba'
    const before = await pulled(at)
    await pushed(at, before)
    const questions = { '1': { en: 'Which street did you grow up in?' } }
    await pushed(at, { ...before, questions, minimumAnswersToDefine: 1 })
    const settings = await pulled(`${am}/realm-config/settings`)
    expect(settings).toMatchObject({ selfService: { kba: { questions, minimumAnswersToDefine: 1 } } })
  })

  test('pushes terms, of which people accept the active version', async () => {
    const at = '/openidm/config/selfservice.terms'
    await pushed(at, await pulled(at))
    const version = (name: string, text: string) => ({
      version: name,
      createDate: '2026-02-03T04:05:06.000Z',
      termsTranslations: { en: text },
    })
    const uiConfig = { buttonText: 'Accept', displayName: 'New terms', purpose: 'Please read' }
    const versions = [version('1.0', 'Old'), version('2.0', 'New')]
    await pushed(at, { _id: 'selfservice.terms', active: '2.0', uiConfig, versions })
    const settings = await pulled(`${am}/realm-config/settings`)
    expect(settings).toMatchObject({ selfService: { terms: { version: '2.0', text: { en: 'New' } } } })
    expect(await call('PUT', at, { active: '3.0', versions })).toMatchObject({
      status: 400,
      body: { detail: { active: expect.stringContaining('one of the versions') } },
    })
    expect((await pulled(at)).active).toBe('2.0')
  })

  test('pushes the lengths of passwords, and names validators without effect', async () => {
    const at = '/openidm/config/fieldPolicy/alpha_user'
    await pushed(at, await pulled(at))
    const policy = {
      _id: 'fieldPolicy/alpha_user',
      type: 'password-policy',
      resourceCollection: 'managed/alpha_user',
      field: 'password',
      passwordAttribute: 'password',
      defaultPasswordStorageScheme: [{ _id: 'PBKDF2-HMAC-SHA256' }],
      validator: [
        { type: 'length-based', enabled: true, minPasswordLength: 10, maxPasswordLength: 0 },
        { type: 'character-set', enabled: true, minCharacterSets: 3 },
      ],
    }
    await pushed(at, policy)
    expect((await call('PUT', at, policy)).body._findings).toEqual([
      expect.stringContaining('minCharacterSets'),
    ])
    const settings = await pulled(`${am}/realm-config/settings`)
    expect(settings).toMatchObject({ passwordPolicy: { minLength: 10, maxLength: 128 } })
    expect((await call('PUT', at, { validator: 'none' })).status).toBe(400)
    expect((await call('GET', '/openidm/config/fieldPolicy/nowhere_user')).status).toBe(404)
  })

  test('pushes locales', async () => {
    const at = '/openidm/config/uilocale/fr'
    const texts = { _id: 'uilocale/fr', login: { login: { password: 'Mot de passe' } } }
    expect((await call('GET', at)).status).toBe(404)
    expect((await call('PUT', at, texts)).status).toBe(201)
    const filter = encodeURIComponent('_id sw "uilocale/"')
    expect((await listed(`/openidm/config?_queryFilter=${filter}`)).map(unstamped)).toEqual([texts])
    await pushed(at, await pulled(at))
  })
})

test('pushes variables and secrets', async () => {
  const version = 'protocol=1.0,resource=1.0'
  const valueBase64 = Buffer.from('value').toString('base64')
  const variable = { _id: 'esv-pushed', description: '', expressionType: 'string', valueBase64 }
  const at = '/environment/variables/esv-pushed'
  expect(written((await call('PUT', at, variable, version)).status)).toBe(true)
  const [found = {}] = await listed('/environment/variables')
  const { _rev, ...same } = found
  expect((await call('PUT', at, same, version)).body).toMatchObject({ valueBase64 })
  const secret = {
    _id: 'esv-hidden',
    description: '',
    encoding: 'generic',
    useInPlaceholders: true,
    valueBase64,
  }
  const of = '/environment/secrets/esv-hidden'
  expect((await call('GET', `${of}/versions`, undefined, version)).status).toBe(404)
  expect(written((await call('PUT', of, secret, version)).status)).toBe(true)
  const next = await call('POST', `${of}/versions?_action=create`, { valueBase64 }, version)
  expect(next).toMatchObject({ status: expect.toSatisfy(written), body: { version: '2' } })
  expect((await call('DELETE', `${of}/versions/1`, undefined, 'protocol=2.1,resource=1.0')).status).toBe(200)
})
