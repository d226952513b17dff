import { verify, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { certify } from '../support/certificates.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import {
  contentFor,
  encryptAssertion,
  responseXml,
  type SamlContent,
  startSamlIdentityProvider,
} from '../support/saml-identity-provider.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { unclearAddresses } from '../support/unclear-addresses.ts'
import {
  answerStep,
  authenticate,
  output,
  signIn,
  startJourney,
  stepOf,
  type WireAnswer,
} from '../support/wire.ts'

const spEntity = 'https://sp.example.com/alpha'
const metaAlias = '/alpha/sp'
const appPage = 'https://app.example.com/'

let provider: Awaited<ReturnType<typeof startSamlIdentityProvider>>
let server: TestServer
let token: string

beforeAll(async () => {
  provider = await startSamlIdentityProvider()
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/alpha', { allowedUrls: [`${appPage}*`] })
      const settings = { idpEntityId: provider.entityId, metaAlias, binding: 'HTTP_POST', forceAuthn: true }
      const source = `
        var found = nodeState.getObject('userInfo').attributes
        nodeState.mergeShared({ username: found.mail[0], objectAttributes: { userName: found.mail[0], mail: found.mail[0], givenName: 'Ann', sn: 'Lee' } })
        action.goTo('done')`
      const nodes = {
        ask: {
          type: 'product-Saml2Node',
          config: settings,
          to: { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'fill', ERROR: 'failure' },
        },
        fill: await scripted(stores, 'fill', source, { done: 'create' }),
        create: {
          type: 'CreateObjectNode',
          config: { identityResource: 'managed/alpha_user' },
          to: { CREATED: 'link', FAILURE: 'failure' },
        },
        link: { type: 'product-WriteFederationInformationNode', to: { outcome: 'success' } },
      }
      await saveJourney(stores, 'Saml', nodes, { noSession: false })
      const byArtifact = { ...nodes.ask, config: { ...settings, binding: 'HTTP_ARTIFACT' } }
      await saveJourney(stores, 'Artifact', { ...nodes, ask: byArtifact }, { noSession: false })
      const atPortal = { ...nodes.ask, config: { ...settings, forceAuthn: false } }
      for (const name of ['Portal', 'Lobby']) {
        await saveJourney(stores, name, { ...nodes, ask: atPortal }, { noSession: false })
      }
      const byForm = { ...nodes.ask, config: { ...settings, requestBinding: 'HTTP_POST' } }
      await saveJourney(stores, 'Form', { ...nodes, ask: byForm }, { noSession: false })
      const to = { ...nodes.ask.to, NO_ACCOUNT: 'provision' }
      const unknown = { ask: { ...nodes.ask, to } }
      const idm = { type: 'ProvisionIdmAccountNode', to: { outcome: 'link' } }
      const linked = { ...unknown, provision: idm, link: nodes.link }
      await saveJourney(stores, 'Idm', linked, { noSession: false })
      const choose = { type: 'CreatePasswordNode', to: { outcome: 'dynamic' } }
      const dynamic = { type: 'ProvisionDynamicAccountNode', to: { outcome: 'link' } }
      await saveJourney(
        stores,
        'Dynamic',
        { ...unknown, provision: choose, dynamic, link: nodes.link },
        { noSession: false },
      )
    },
    { httpAllow: [provider.host] },
  )
  token = await signIn(server.url, 'amadmin', adminPassword, '/')
  await write('saml2/remote/?_action=importEntity', { standardMetadata: provider.metadata() })
  await write('saml2/hosted/?_action=create', {
    entityId: spEntity,
    serviceProvider: { services: { metaAlias } },
  })
  await write('federation/circlesoftrust/?_action=create', {
    _id: 'ours',
    status: 'active',
    trustedProviders: [`${spEntity}|saml2`, `${provider.entityId}|saml2`],
  })
})
beforeEach(() => provider.say({}))

afterAll(async () => {
  await server.stop()
  await provider.stop()
})

const changeServiceProvider = (changes: object) =>
  write(
    `saml2/hosted/${Buffer.from(spEntity).toString('base64url')}`,
    { entityId: spEntity, serviceProvider: { services: { metaAlias }, ...changes } },
    'PUT',
  )

async function write(path: string, body: object, method = 'POST') {
  const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/${path}`, {
    method,
    headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.ok).toBe(true)
  return answer
}

/** What a browser does from the redirect until it returns to the page. */
async function throughTheProvider(started: WireAnswer, changes: Partial<SamlContent> = {}): Promise<URL> {
  provider.say(changes)
  const { url, form } = await provider.visit({
    url: String(output(started, 'redirectUrl')),
    method: String(output(started, 'redirectMethod')),
    ...(output(started, 'redirectData') === undefined
      ? {}
      : { data: output(started, 'redirectData') as Record<string, string> }),
  })
  return deliver(url, form, started)
}

/** @param started names the browser, by the cookie that it got. Undefined: a browser without the cookie. */
async function deliver(
  url: string | URL,
  form: Record<string, string> | undefined,
  started: WireAnswer | undefined,
): Promise<URL> {
  const answer = await fetch(url, {
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    redirect: 'manual',
    headers: started === undefined ? {} : { cookie: askingCookie(started) },
  })
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location') ?? '')
}

function askingCookie({ headers }: WireAnswer): string {
  return headers.getSetCookie().find((cookie) => cookie.startsWith('sidegate-asked=')) ?? ''
}

/** The page posts its stored step with the query parameters. */
function resume(started: WireAnswer, page: URL): Promise<WireAnswer> {
  return authenticate(server.url, { query: page.search, body: stepOf(started) })
}

async function signInBy(journey: string, changes: Partial<SamlContent> = {}): Promise<WireAnswer> {
  const started = await startJourney(server.url, journey)
  return resume(started, await throughTheProvider(started, changes))
}

async function whoIs({ status, body }: WireAnswer): Promise<string> {
  expect(status).toBe(200)
  const info = await fetch(`${server.url}/json/realms/root/realms/alpha/sessions?_action=getSessionInfo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: String(body.tokenId) },
  })
  return ((await info.json()) as { username: string }).username
}

test('a new person is created, linked and later recognised by their name ID', async () => {
  const first = await whoIs(await signInBy('Saml'))
  const changed = { attributes: { mail: ['another@example.com'] } }
  expect(await whoIs(await signInBy('Saml', changed))).toBe(first)
  expect(await whoIs(await signInBy('Form', { signed: 'response' }))).toBe(first)
  expect(await whoIs(await signInBy('Artifact', { signed: 'response' }))).toBe(first)
  expect(await whoIs(await signInBy('Artifact'))).toBe(first)
})

const asserted = (uid: string): Partial<SamlContent> => ({
  nameId: `${uid}-1`,
  attributes: { uid: [uid], mail: [`${uid}@example.com`], givenName: ['Some'], sn: ['Body'] },
})

test('a new person gets a managed object from the assertion and is recognised later', async () => {
  expect(await whoIs(await signInBy('Idm', asserted('cleo')))).toBe('cleo')
  const { nameId = '' } = asserted('cleo')
  expect(await whoIs(await signInBy('Saml', { nameId, attributes: {} }))).toBe('cleo')
})

test('provisioning can’t take over an existing account', async () => {
  const { status } = await signInBy('Idm', { ...asserted('alex'), nameId: 'mallory-1' })
  expect(status).toBe(401)
  expect(server.logged()).toContain('Unable to create user')
})

test('a new person chooses a password and can sign in with it', async () => {
  const asked = await signInBy('Dynamic', asserted('dora'))
  const short = await answerStep(server.url, asked, ['short', 'short'])
  expect(output(short, 'message')).toBe('Password must be a minimum of 8 characters')
  const other = await answerStep(server.url, short, ['Dora-Pass-2026', 'Dora-Pass-2027'])
  expect(output(other, 'message')).toBe('Passwords do not match')
  const done = await answerStep(server.url, other, ['Dora-Pass-2026', 'Dora-Pass-2026'])
  expect(await whoIs(done)).toBe('dora')
  expect(await signIn(server.url, 'dora', 'Dora-Pass-2026')).toMatch(/.{20}/)
  expect(server.logged()).not.toContain('Dora-Pass')
})

test('another name ID is another person, even with the same email address', async () => {
  const ann = await whoIs(await signInBy('Saml'))
  const ben = { nameId: 'ben-1', attributes: { mail: ['ben@example.com'] } }
  expect(await whoIs(await signInBy('Saml', ben))).not.toBe(ann)
})

test('the browser returns to the page that it came from if the realm trusts it, else to ours', async () => {
  const from = async (referer: string) => {
    const started = await startJourney(server.url, 'Saml', { headers: { referer } })
    const { origin, pathname, searchParams } = await throughTheProvider(started)
    expect(searchParams.get('realm')).toBe('/alpha')
    return origin + pathname
  }
  expect(await from(`${appPage}?code=x`)).toBe(appPage)
  expect(await from('https://evil.example.com/')).toBe(`${server.url}/XUI/`)
})

test.each(unclearAddresses)('the RelayState %s leads to no other site', async (RelayState) => {
  const started = await startJourney(server.url, 'Saml')
  const { url, form } = await provider.visit({ url: String(output(started, 'redirectUrl')), method: 'GET' })
  for (const sent of [form, { SAMLResponse: 'forged' }]) {
    const page = await deliver(url, { ...sent, RelayState }, started)
    expect(page.href.startsWith(`${server.url}/XUI/?`)).toBe(true)
  }
})

test('an answer that another browser brings goes nowhere, and signs nobody in', async () => {
  const attacker = await startJourney(server.url, 'Saml')
  const victim = await startJourney(server.url, 'Saml')
  const { url, form } = await provider.visit({ url: String(output(attacker, 'redirectUrl')), method: 'GET' })
  for (const browser of [victim, undefined]) {
    // The server asks the browser once more, where it sends its cookies.
    const again = await deliver(url, { ...form, RelayState: appPage }, browser)
    expect(again.origin + again.pathname).toBe(url)
    expect((await resume(attacker, again)).status).toBe(401)
    const page = await deliver(again, undefined, browser)
    expect(page.searchParams.get('error')).toBe('true')
    expect((await resume(await startJourney(server.url, 'Saml'), page)).status).toBe(401)
  }
})

test('a browser that leaves its cookie out of forms of other sites brings it once more', async () => {
  const started = await startJourney(server.url, 'Saml', { headers: { referer: appPage } })
  const { url, form } = await provider.visit({ url: String(output(started, 'redirectUrl')), method: 'GET' })
  const page = await deliver(await deliver(url, form, undefined), undefined, started)
  expect(page.origin + page.pathname).toBe(appPage)
  expect((await resume(started, page)).status).toBe(200)
})

test('a browser keeps its cookie, so that it can ask in several windows', async () => {
  const first = await startJourney(server.url, 'Saml')
  const cookie = askingCookie(first)
  expect(cookie).toMatch(/^sidegate-asked=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const second = await startJourney(server.url, 'Saml', { headers: { cookie } })
  expect(askingCookie(second)).toBe('')
  const { url, form } = await provider.visit({ url: String(output(second, 'redirectUrl')), method: 'GET' })
  expect((await resume(second, await deliver(url, form, first))).status).toBe(200)
  expect((await resume(first, await throughTheProvider(first))).status).toBe(200)
})

const past = () => Date.now() - 600_000
const wrong: [string, () => Partial<SamlContent> | Promise<Partial<SamlContent>>, string][] = [
  ['is not signed', () => ({ signed: 'nothing' }), 'the message is not signed'],
  [
    'is signed with another key',
    async () => ({ signedBy: await certify('CN=identity provider') }),
    'the signature of Assertion is invalid',
  ],
  [
    'was altered after it was signed',
    () => ({ altered: (xml) => xml.replace('>ann-1<', '>ben-1<') }),
    'the signature of Assertion is invalid',
  ],
  [
    'has a second assertion',
    () => ({
      altered: (xml) => {
        const [assertion = ''] = /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml) ?? []
        return xml.replace(
          '</samlp:Status>',
          `</samlp:Status>${assertion.replace('>ann-1<', '>ben-1<').replace(/ID="_/, 'ID="_x')}`,
        )
      },
    }),
    'multiple assertions',
  ],
  ['is signed with SHA-1', () => ({ algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }), 'SHA-1'],
  [
    'comes from an unknown provider',
    () => ({ outerIssuer: 'https://idp.example.com' }),
    'no identity provider',
  ],
  ['has an assertion of another provider', () => ({ issuer: 'https://idp.example.com' }), 'another issuer'],
  ['is for another audience', () => ({ audience: 'https://other.example.com' }), 'audience mismatch'],
  [
    'has another destination',
    () => ({ destination: 'https://other.example.com/acs' }),
    'has the destination https://other.example.com/acs, expected',
  ],
  ['has another recipient', () => ({ recipient: 'https://other.example.com/acs' }), 'has another recipient'],
  ['answers another request', () => ({ inResponseTo: '_guessed' }), 'not claimed by the browser'],
  ['has expired', () => ({ notOnOrAfter: past() }), 'expired'],
  ['has an expired confirmation', () => ({ confirmedUntil: past() }), 'the confirmation has expired'],
  ['is not valid yet', () => ({ notBefore: Date.now() + 600_000 }), 'not yet valid'],
  ['reports a failure', () => ({ status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }), 'Responder'],
  [
    'is not a bearer assertion',
    () => ({ method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }),
    'has no bearer confirmation',
  ],
  [
    'is of an earlier authentication, though a new one was requested',
    () => ({ authnInstant: past() }),
    'and not again since',
  ],
  ['isn’t XML', () => ({ altered: (xml) => xml.replace('</samlp:Response>', '') }), 'not XML'],
  ['names no issuer', () => ({ altered: (xml) => xml.replaceAll('Issuer', 'Sender') }), 'has no issuer'],
  [
    'has a document type',
    () => ({ altered: (xml) => `<!DOCTYPE x [<!ENTITY y "z">]>${xml}` }),
    'document type',
  ],
]

test.each(wrong)('an answer that %s ends the journey', async (_, changes, reason) => {
  const before = server.logged().length
  const { status, body } = await signInBy('Saml', await changes())
  expect(status).toBe(401)
  expect(body.tokenId).toBeUndefined()
  expect(server.logged().slice(before)).toContain(reason)
})

test.each(wrong.slice(0, 3))('an answer by artifact that %s ends the journey', async (_, changes) => {
  expect((await signInBy('Artifact', await changes())).status).toBe(401)
})

test('an unknown or used artifact ends the journey', async () => {
  const started = await startJourney(server.url, 'Artifact')
  const { url, form } = await provider.visit({
    url: String(output(started, 'redirectUrl')),
    method: 'GET',
  })
  await deliver(url, form, started)
  expect((await resume(started, await deliver(url, form, started))).status).toBe(401)
  const again = await startJourney(server.url, 'Artifact')
  expect((await resume(again, await deliver(url, { SAMLart: 'AAQAAA' }, again))).status).toBe(401)
})

test('an answer counts once, for the journey that asked', async () => {
  const [mine, other] = [await startJourney(server.url, 'Saml'), await startJourney(server.url, 'Saml')]
  const page = await throughTheProvider(mine)
  expect((await resume(other, page)).status).toBe(401)
  expect((await resume(mine, page)).status).toBe(200)
  const again = await startJourney(server.url, 'Saml')
  expect((await resume(again, page)).status).toBe(401)
})

test.each([
  ['a forged key', 'v1.AAAA'],
  ['no key', ''],
])('%s ends the journey', async (_, responsekey) => {
  const started = await startJourney(server.url, 'Saml')
  const { status } = await authenticate(server.url, {
    query: `?responsekey=${responsekey}`,
    body: stepOf(started),
  })
  expect(status).toBe(401)
})

test('assertions for the key in our metadata are decrypted, and plain ones rejected where that is required', async () => {
  const at = new URLSearchParams({ entityid: spEntity, realm: '/alpha' })
  const xml = await (await fetch(`${server.url}/saml2/jsp/exportmetadata.jsp?${at}`)).text()
  const [, certificate = ''] = /use="encryption".*?X509Certificate>([^<]+)</.exec(xml) ?? []
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
  const encrypted = (assertion: string) => encryptAssertion(assertion, publicKey)
  const hosted = (assertion: boolean) =>
    changeServiceProvider({ assertionContent: { signingAndEncryption: { encryption: { assertion } } } })
  expect((await signInBy('Saml', { encrypted })).status).toBe(200)
  await hosted(true)
  try {
    expect((await signInBy('Artifact', { encrypted, signed: 'response' })).status).toBe(200)
    expect((await signInBy('Saml')).status).toBe(401)
    expect(server.logged()).toContain('the assertion is not encrypted')
  } finally {
    await hosted(false)
  }
})

test('the session ends with that of the identity provider', async () => {
  const maximum = async (minutes: number) => {
    const end = new Date(Date.now() + minutes * 60_000 - 1000).toISOString()
    const { body } = await signInBy('Saml', { authnMore: ` SessionNotOnOrAfter="${end}"` })
    const answer = await fetch(
      `${server.url}/json/realms/root/realms/alpha/sessions?_action=getSessionInfo`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', iplanetdirectorypro: String(body.tokenId) },
      },
    )
    const { maxSessionExpirationTime } = (await answer.json()) as { maxSessionExpirationTime: string }
    return Math.round((Date.parse(maxSessionExpirationTime) - Date.now()) / 60_000)
  }
  expect(await maximum(7)).toBe(7)
  // The realm's own maximum.
  expect(await maximum(5000)).toBe(120)
})

test('the log has the reason of a failed sign-in, without attributes of the person', async () => {
  await signInBy('Saml', { audience: 'https://other.example.com' })
  expect(server.logged()).toContain('audience mismatch')
  expect(server.logged()).not.toContain('ann@example.com')
})

test('a provider outside the circle of trust is neither used nor trusted', async () => {
  const circle = (trustedProviders: string[]) =>
    write('federation/circlesoftrust/ours', { status: 'active', trustedProviders }, 'PUT')
  const started = await startJourney(server.url, 'Saml')
  await circle([`${spEntity}|saml2`])
  try {
    expect((await resume(started, await throughTheProvider(started))).status).toBe(401)
    expect((await startJourney(server.url, 'Saml')).status).toBe(401)
  } finally {
    await circle([`${spEntity}|saml2`, `${provider.entityId}|saml2`])
  }
})

test('requests are signed for a provider that wants that, with the key in our metadata', async () => {
  const signed = provider.metadata('WantAuthnRequestsSigned="true"')
  await write('saml2/remote/?_action=importEntity', { standardMetadata: signed })
  try {
    const at = new URLSearchParams({ entityid: spEntity, realm: '/alpha' })
    const xml = await (await fetch(`${server.url}/saml2/jsp/exportmetadata.jsp?${at}`)).text()
    const [, certificate = ''] = /use="signing".*?X509Certificate>([^<]+)</.exec(xml) ?? []
    expect(xml).toContain('use="encryption"')
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    const { search } = new URL(String(output(await startJourney(server.url, 'Saml'), 'redirectUrl')))
    const [query = '', signature = ''] = search.slice(1).split('&Signature=')
    const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
    expect(verify('sha256', Buffer.from(query), publicKey, bytes)).toBe(true)
    expect((await signInBy('Form')).status).toBe(200)
  } finally {
    await write('saml2/remote/?_action=importEntity', { standardMetadata: provider.metadata() })
  }
})

test('our metadata is public, and an unknown service provider gets no answers', async () => {
  const at = (entity: string) =>
    fetch(
      `${server.url}/saml2/jsp/exportmetadata.jsp?${new URLSearchParams({ entityid: entity, realm: '/alpha' })}`,
    )
  const own = await at(spEntity)
  expect(own.headers.get('content-type')).toContain('xml')
  expect(own.headers.get('content-disposition')).toBe('attachment; filename="metadata.xml"')
  const xml = await own.text()
  expect(xml).toContain(`entityID="${spEntity}"`)
  expect(xml).toContain(`Location="${server.url}/AuthConsumer/metaAlias${metaAlias}"`)
  expect(await (await at(provider.entityId)).text()).toContain('IDPSSODescriptor')
  expect((await at('https://nobody.example.com')).status).toBe(404)
  const unknown = `${server.url}/AuthConsumer/metaAlias/alpha/none`
  expect((await fetch(unknown, { method: 'POST', body: new URLSearchParams({}) })).status).toBe(404)
})

/** Lets the stored metadata be this old. */
const agedMetadata = (minutes: number) =>
  write(
    `saml2/remote/${Buffer.from(provider.entityId).toString('base64url')}`,
    { entityId: provider.entityId, metadataReadAt: Date.now() - minutes * 60_000 },
    'PUT',
  )

test('metadata are imported by their address, and a provider may replace its key', async () => {
  await write('saml2/remote/?_action=importEntity', { metadataUrl: provider.entityId })
  try {
    const ann = await whoIs(await signInBy('Saml'))
    const signedBy = await certify('CN=next key')
    provider.publish({ xml: provider.metadataOf(signedBy) })
    expect((await signInBy('Saml', { signedBy })).status).toBe(401)
    await agedMetadata(2)
    expect(await whoIs(await signInBy('Saml', { signedBy }))).toBe(ann)
    expect((await signInBy('Saml')).status).toBe(401)
    expect(server.logged()).toContain('SAML metadata changed at their address')
    provider.publish({})
    await agedMetadata(24 * 60)
    expect(await whoIs(await signInBy('Saml'))).toBe(ann)
  } finally {
    provider.publish({})
    await write('saml2/remote/?_action=importEntity', { standardMetadata: provider.metadata() })
  }
})

test('metadata that never end leave the stored ones in force', async () => {
  await write('saml2/remote/?_action=importEntity', { metadataUrl: provider.entityId })
  const signedBy = await certify('CN=of an attacker')
  provider.publish({ xml: `${provider.metadataOf(signedBy)}${' '.repeat(20_000_000)}` })
  try {
    await agedMetadata(24 * 60)
    expect((await signInBy('Saml', { signedBy })).status).toBe(401)
    expect((await signInBy('Saml')).status).toBe(200)
    expect(server.logged()).toContain('SAML metadata were not read again')
  } finally {
    provider.publish({})
    await write('saml2/remote/?_action=importEntity', { standardMetadata: provider.metadata() })
  }
})

/** The form with which a portal of the provider signs a person in. */
function portalForm(changes: Partial<SamlContent> = {}) {
  const content = contentFor({
    entityId: provider.entityId,
    consumer: `${server.url}/AuthConsumer/metaAlias${metaAlias}`,
    audience: spEntity,
    inResponseTo: '',
    certified: provider.certified,
  })
  const drafted = (xml: string) => xml.replaceAll(' InResponseTo=""', '')
  return { SAMLResponse: Buffer.from(responseXml({ ...content, drafted, ...changes })).toString('base64') }
}

/** What the browser does with the form: it keeps the cookie, and goes on at the page. */
async function fromPortal(form: Record<string, string>, cookie = '') {
  const answer = await fetch(`${server.url}/AuthConsumer/metaAlias${metaAlias}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers: { cookie },
  })
  expect(answer.status).toBe(303)
  const [set] = answer.headers.getSetCookie()
  return { page: new URL(answer.headers.get('location') ?? ''), cookie: set ?? cookie }
}

/** The page starts the journey of the address, and passes the key on. */
function startAt(page: URL, cookie: string, journey = page.searchParams.get('service') ?? '') {
  const query = new URLSearchParams(page.searchParams)
  query.delete('service')
  return startJourney(server.url, journey, { headers: { cookie }, query: `&${query}` })
}

test('a sign-in starts at the identity provider if the service provider names a journey for it', async () => {
  expect((await fromPortal(portalForm())).page.searchParams.get('error')).toBe('true')
  expect(server.logged()).toContain('unsolicited (no InResponseTo)')
  for (const redirectTreeName of ['[Empty]', null]) {
    await changeServiceProvider({ assertionProcessing: { redirectTreeConfiguration: { redirectTreeName } } })
    expect((await fromPortal(portalForm())).page.searchParams.get('error')).toBe('true')
  }
  await changeServiceProvider({
    assertionProcessing: { redirectTreeConfiguration: { redirectTreeName: 'Portal' } },
  })
  try {
    const { page, cookie } = await fromPortal({ ...portalForm(), RelayState: `${appPage}inbox` })
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      realm: '/alpha',
      service: 'Portal',
      goto: `${appPage}inbox`,
    })
    const ann = await whoIs(await signInBy('Saml'))
    expect(cookie).toMatch(/^sidegate-asked=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await fromPortal(portalForm(), cookie)).cookie).toBe(cookie)
    // The node asks the provider where the answer does not count: in other journeys and browsers.
    for (const [browser, journey] of [
      [cookie, 'Lobby'],
      [cookie, 'Saml'],
      ['', 'Portal'],
      [(await fromPortal(portalForm())).cookie, 'Portal'],
    ] as const) {
      expect(output(await startAt(page, browser, journey), 'redirectUrl')).toContain(provider.host)
    }
    expect(await whoIs(await startAt(page, cookie))).toBe(ann)
    expect(output(await startAt(page, cookie), 'redirectUrl')).toContain(provider.host)
    for (const RelayState of ['https://evil.example.com/', 'inbox', '']) {
      expect((await fromPortal({ ...portalForm(), RelayState })).page.searchParams.get('goto')).toBeNull()
    }
    const { page: refused } = await fromPortal(portalForm({ audience: 'https://other.example.com' }))
    expect(refused.searchParams.get('service')).toBeNull()
  } finally {
    await changeServiceProvider({})
  }
})

test('an assertion of a sign-in that started at the identity provider counts once, also when it is sent twice', async () => {
  await changeServiceProvider({
    assertionProcessing: { redirectTreeConfiguration: { redirectTreeName: 'Portal' } },
  })
  try {
    const form = portalForm()
    const arrived = await Promise.all([form, form, form].map((each) => fromPortal(each)))
    const answers = await Promise.all(arrived.map(({ page, cookie }) => startAt(page, cookie)))
    expect(answers.filter(({ body }) => body.tokenId !== undefined).length).toBe(1)
  } finally {
    await changeServiceProvider({})
  }
})
