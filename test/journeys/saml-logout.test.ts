import { verify, X509Certificate } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Certified, certify } from '../support/certificates.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { signedQuery, signedXml, startSamlIdentityProvider } from '../support/saml-identity-provider.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { authenticate, output, signIn, startJourney, stepOf } from '../support/wire.ts'

const spEntity = 'https://sp.example.com/alpha'
const metaAlias = '/alpha/sp'

let provider: Awaited<ReturnType<typeof startSamlIdentityProvider>>
let server: TestServer
let admin: string

beforeAll(async () => {
  provider = await startSamlIdentityProvider()
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/alpha', { visibleSessionProperties: ['SamlSession'] })
      const config = { idpEntityId: provider.entityId, metaAlias, binding: 'HTTP_POST' }
      const to = { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'failure', ERROR: 'failure' }
      await saveJourney(
        stores,
        'Saml',
        { ask: { type: 'product-Saml2Node', config, to } },
        { noSession: false },
      )
    },
    { httpAllow: [provider.host] },
  )
  admin = await signIn(server.url, 'amadmin', adminPassword, '/')
  await write('saml2/remote/?_action=importEntity', { standardMetadata: provider.metadata() })
  const assertionProcessing = { accountMapping: { useNameIDAsSPUserID: true } }
  await write('saml2/hosted/?_action=create', {
    entityId: spEntity,
    serviceProvider: { services: { metaAlias }, assertionProcessing },
  })
  await write('federation/circlesoftrust/?_action=create', {
    _id: 'ours',
    trustedProviders: [`${spEntity}|saml2`, `${provider.entityId}|saml2`],
  })
})
beforeEach(() => provider.say({}))
afterAll(async () => {
  await server.stop()
  await provider.stop()
})

async function write(path: string, body: object) {
  const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/${path}`, {
    method: 'POST',
    headers: { cookie: `iPlanetDirectoryPro=${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.ok).toBe(true)
}

/** @returns the token of a new session at the provider's session `index`. */
async function signedIn(nameId = 'alex', index = 'index-1'): Promise<string> {
  provider.say({ nameId, drafted: (xml) => xml.replace('index-1', index) })
  const started = await startJourney(server.url, 'Saml')
  const { url, form } = await provider.visit({ url: String(output(started, 'redirectUrl')), method: 'GET' })
  const cookie = started.headers.getSetCookie().find((one) => one.startsWith('sidegate-asked=')) ?? ''
  const body = new URLSearchParams(form)
  const delivered = await fetch(url, { method: 'POST', body, redirect: 'manual', headers: { cookie } })
  const { search } = new URL(delivered.headers.get('location') ?? '')
  return String((await authenticate(server.url, { query: search, body: stepOf(started) })).body.tokenId)
}

async function sessions(action: string, token: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/sessions?_action=${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: token },
  })
  return (await answer.json()) as Record<string, unknown>
}

const isValid = async (token: string) => (await sessions('validate', token)).valid

const urlOf = (binding: 'SPSloRedirect' | 'SPSloPOST') => `${server.url}/${binding}/metaAlias${metaAlias}`

type Changes = {
  name?: string
  issuer?: string
  nameId?: string
  indexes?: string[]
  destination?: string
  /** Null leaves it out. */
  issued?: number | null
  until?: number
  version?: string
  more?: string
}

/** A message of the provider. Its id is `_1`. */
function message(binding: 'SPSloRedirect' | 'SPSloPOST', changes: Changes = {}): string {
  const { name = 'LogoutRequest', nameId = 'alex', indexes = ['index-1'], issued = Date.now() } = changes
  const time = issued === null ? '' : ` IssueInstant="${new Date(issued).toISOString()}"`
  const until = changes.until === undefined ? '' : ` NotOnOrAfter="${new Date(changes.until).toISOString()}"`
  return [
    `<samlp:${name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="${changes.version ?? '2.0'}"${time} Destination="${changes.destination ?? urlOf(binding)}"${until}>`,
    `<saml:Issuer>${changes.issuer ?? provider.entityId}</saml:Issuer>`,
    `<saml:NameID>${nameId}</saml:NameID>${changes.more ?? ''}`,
    ...indexes.map((index) => `<samlp:SessionIndex>${index}</samlp:SessionIndex>`),
    `</samlp:${name}>`,
  ].join('')
}

type Delivered = { status: number; url: URL | undefined }

async function delivered(sent: Promise<Response>): Promise<Delivered> {
  const { status, headers } = await sent
  const location = headers.get('location')
  return { status, url: location === null ? undefined : new URL(location) }
}

const byQuery = (query: string) =>
  delivered(fetch(`${urlOf('SPSloRedirect')}?${query}`, { redirect: 'manual' }))

const byForm = (form: Record<string, string>) =>
  delivered(
    fetch(urlOf('SPSloPOST'), { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
  )

const requestByQuery = (changes: Changes = {}, key: Certified = provider.certified) =>
  byQuery(signedQuery('SAMLRequest', message('SPSloRedirect', changes), key, { RelayState: 'a b' }))

const base64 = (xml: string) => Buffer.from(xml).toString('base64')

const requestByForm = (changes: Changes = {}, key: Certified = provider.certified) =>
  byForm({ SAMLRequest: base64(signedXml(message('SPSloPOST', changes), '_1', key)), RelayState: 'a b' })

const inflated = (url: URL | undefined, name: string) =>
  inflateRawSync(Buffer.from(url?.searchParams.get(name) ?? '', 'base64')).toString()

async function isOurSignature(url: URL | undefined): Promise<boolean> {
  const at = new URLSearchParams({ entityid: spEntity, realm: '/alpha' })
  const xml = await (await fetch(`${server.url}/saml2/jsp/exportmetadata.jsp?${at}`)).text()
  const [, certificate = ''] = /use="signing".*?X509Certificate>([^<]+)</.exec(xml) ?? []
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
  const [query = '', signature = ''] = (url?.search ?? '').slice(1).split('&Signature=')
  return verify('sha256', Buffer.from(query), publicKey, Buffer.from(decodeURIComponent(signature), 'base64'))
}

test('a sign-out here leads to the provider with a signed request for its session', async () => {
  const { goto, result } = await sessions('logout', await signedIn())
  expect(result).toBe('Successfully logged out')
  const url = new URL(String(goto))
  expect(url.origin + url.pathname).toBe(`http://${provider.host}/slo`)
  expect(await isOurSignature(url)).toBe(true)
  const xml = inflated(url, 'SAMLRequest')
  expect(xml).toContain(`Destination="http://${provider.host}/slo"`)
  expect(xml).toContain(`<saml:Issuer>${spEntity}</saml:Issuer>`)
  expect(xml).toMatch(/<saml:NameID Format="[^"]*persistent">alex<\/saml:NameID><samlp:SessionIndex>index-1</)
})

test('other sessions end here only, and so do those of a provider that left the circle of trust', async () => {
  expect(await sessions('logout', await signIn(server.url, 'alex', 'Alex-Pass-2026'))).not.toHaveProperty(
    'goto',
  )
  const token = await signedIn()
  const circle = 'federation/circlesoftrust/ours'
  const replace = (trustedProviders: string[]) =>
    fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/${circle}`, {
      method: 'PUT',
      headers: { cookie: `iPlanetDirectoryPro=${admin}`, 'content-type': 'application/json' },
      body: JSON.stringify({ trustedProviders }),
    })
  await replace([])
  try {
    const answer = await sessions('logout', token)
    expect(answer).toEqual({ result: 'Successfully logged out' })
    expect(server.logged()).toContain('the session of the SAML identity provider was not ended')
  } finally {
    await replace([`${spEntity}|saml2`, `${provider.entityId}|saml2`])
  }
})

test.each([
  ['in the query', requestByQuery],
  ['in a form', requestByForm],
])('a request %s ends the named session, and is answered with a signed success', async (_, send) => {
  const [first, second, other] = [await signedIn(), await signedIn('alex', 'index-2'), await signedIn('dana')]
  const { status, url } = await send()
  expect(status).toBe(303)
  expect((url?.origin ?? '') + url?.pathname).toBe(`http://${provider.host}/slo`)
  expect(url?.searchParams.get('RelayState')).toBe('a b')
  expect(await isOurSignature(url)).toBe(true)
  const xml = inflated(url, 'SAMLResponse')
  expect(xml).toContain('InResponseTo="_1"')
  expect(xml).toContain('status:Success')
  expect([await isValid(first), await isValid(second), await isValid(other)]).toEqual([false, true, true])
})

test('a request without an index ends all sessions of the person, and a later one succeeds, too', async () => {
  const all = [await signedIn('alex', 'index-3'), await signedIn('alex', 'index-4')]
  expect((await requestByQuery({ indexes: [] })).status).toBe(303)
  expect(await Promise.all(all.map(isValid))).toEqual([false, false])
  expect(inflated((await requestByQuery({ indexes: [] })).url, 'SAMLResponse')).toContain('status:Success')
})

const minutes = (count: number) => Date.now() + count * 60_000

test.each<[string, Changes, string]>([
  ['of an unknown provider', { issuer: 'https://other.example.com' }, 'no identity provider'],
  [
    'for another address',
    { destination: 'https://other.example.com/slo' },
    'has the destination https://other',
  ],
  ['of no time', { issued: null }, 'IssueInstant that is too far'],
  ['of long ago', { issued: minutes(-11) }, 'IssueInstant that is too far'],
  ['of the future', { issued: minutes(11) }, 'IssueInstant that is too far'],
  ['that has expired', { until: minutes(-6) }, 'has expired'],
  ['of another version', { version: '1.1' }, 'version 1.1'],
  ['of another kind', { name: 'AuthnRequest' }, 'no message about a logout'],
  ['for nobody', { nameId: '' }, 'has no NameID'],
  ['for two people', { more: '<saml:NameID>dana</saml:NameID>' }, 'more than one NameID'],
])('a request %s is refused, and ends nothing', async (_, changes, reason) => {
  const token = await signedIn()
  for (const send of [requestByQuery, requestByForm]) {
    const before = server.logged().length
    expect((await send(changes)).status).toBe(400)
    expect(server.logged().slice(before)).toContain(reason)
  }
  expect(await isValid(token)).toBe(true)
})

test.each<[string, () => Promise<Delivered>, string]>([
  [
    'of a stranger in the query',
    async () => requestByQuery({}, await certify('CN=x')),
    'signature of the query is invalid',
  ],
  [
    'of a stranger in a form',
    async () => requestByForm({}, await certify('CN=x')),
    'signature of LogoutRequest is invalid',
  ],
  [
    'without a signature in the query',
    () =>
      byQuery(
        `SAMLRequest=${encodeURIComponent(deflateRawSync(message('SPSloRedirect')).toString('base64'))}`,
      ),
    'not signed',
  ],
  [
    'without a signature in the form of no XML',
    () => byForm({ SAMLRequest: base64('<Issuer>x</Issuer><') }),
    'not signed',
  ],
  [
    'of a stranger in a query of no XML',
    async () =>
      byQuery(signedQuery('SAMLRequest', `<Issuer>${provider.entityId}</Issuer><`, await certify('CN=x'))),
    'signature of the query is invalid',
  ],
  [
    'without a signature in a form',
    () => byForm({ SAMLRequest: base64(message('SPSloPOST')) }),
    'not signed',
  ],
  [
    'with another RelayState than the signed one',
    () =>
      byQuery(
        signedQuery('SAMLRequest', message('SPSloRedirect'), provider.certified, { RelayState: 'a' }).replace(
          'RelayState=a',
          'RelayState=b',
        ),
      ),
    'signature of the query',
  ],
  [
    'with another message than the signed one',
    () =>
      byQuery(
        signedQuery('SAMLRequest', message('SPSloRedirect'), provider.certified).replace(
          /SAMLRequest=[^&]*/,
          `SAMLRequest=${encodeURIComponent(deflateRawSync(message('SPSloRedirect', { indexes: [] })).toString('base64'))}`,
        ),
      ),
    'signature of the query',
  ],
  [
    'with two messages',
    () =>
      byQuery(`${signedQuery('SAMLRequest', message('SPSloRedirect'), provider.certified)}&SAMLRequest=x`),
    'names a parameter twice',
  ],
  [
    'with SHA-1',
    () =>
      byQuery(
        signedQuery('SAMLRequest', message('SPSloRedirect'), provider.certified).replace(
          'rsa-sha256',
          'rsa-sha1',
        ),
      ),
    'SHA-1',
  ],
  [
    'that is too large',
    () =>
      byQuery(
        signedQuery(
          'SAMLRequest',
          message('SPSloRedirect', { more: ' '.repeat(200_000) }),
          provider.certified,
        ),
      ),
    'larger than',
  ],
])('a request %s is refused, and ends nothing', async (_, send, reason) => {
  const token = await signedIn()
  const before = server.logged().length
  expect((await send()).status).toBe(400)
  expect(server.logged().slice(before)).toContain(reason)
  expect(await isValid(token)).toBe(true)
})

test('an answer of the provider leads to the sign-in page', async () => {
  const query = signedQuery(
    'SAMLResponse',
    message('SPSloRedirect', { name: 'LogoutResponse' }),
    provider.certified,
  )
  expect((await byQuery(query)).url?.href).toBe(`${server.url}/XUI/?realm=%2Falpha`)
})

test('clients can’t change whose session ends at the provider', async () => {
  const token = await signedIn()
  const answer = await fetch(
    `${server.url}/json/realms/root/realms/alpha/sessions?_action=updateSessionProperties`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', iplanetdirectorypro: token },
      body: JSON.stringify({ SamlSession: '{}' }),
    },
  )
  expect(answer.status).toBe(403)
})
