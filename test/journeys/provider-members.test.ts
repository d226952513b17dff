import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { inflateRawSync } from 'node:zlib'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { providerProblems } from '../../src/journeys/exchange/provider-problems.ts'
import type { SamlStart } from '../../src/nodes/ports/outside-ports.ts'
import { consume } from '../../src/people/providers/saml/assertion-consumer.ts'
import { entityKey, hostedSchema, samlEntityKind } from '../../src/people/providers/saml/entities.ts'
import { hostedMembers } from '../../src/people/providers/saml/entity-members.ts'
import { consumerUrl, spMetadata } from '../../src/people/providers/saml/metadata.ts'
import { samlSignIn } from '../../src/people/providers/saml/saml-sign-in.ts'
import { spKeysOf } from '../../src/people/providers/saml/sp-keys.ts'
import { providerMembers } from '../../src/people/providers/social/provider-members.ts'
import { socialProviderKind } from '../../src/people/providers/social/provider-settings.ts'
import type { RealmDocument } from '../../src/realms/document-store.ts'
import { createSealer } from '../../src/secrets/seal.ts'
import { type Certified, certify } from '../support/certificates.ts'
import { realmWithProvider } from '../support/identity-provider.ts'
import { type Examples, type MemberRow, memberRows, memberTable, pathsDone } from '../support/member-walk.ts'
import { type Ask, asking } from '../support/rest.ts'
import { contentFor, responseXml, type SamlContent } from '../support/saml-identity-provider.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

/** An OpenID provider which has all of its addresses twice: it answers for a client of any name. */
const provider = createServer((request, response) => void answer(request, response))
const key = generateKeyPair('RS256')
let host = ''
let nonce = ''
let requests: Json[] = []

beforeAll(async () => {
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done))
  host = `127.0.0.1:${(provider.address() as AddressInfo).port}`
})
afterAll(() => void provider.close())

async function answer(request: IncomingMessage, to: ServerResponse) {
  const { url = '', headers } = request
  const body = new URLSearchParams(await text(request))
  body.delete('code_verifier')
  const [scheme = ''] = (headers.authorization ?? '').split(' ')
  requests.push({ url, scheme, body: String(body) })
  const say = (json: unknown) => {
    to.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  }
  const { privateKey, publicKey } = await key
  const origin = `http://${host}`
  if (url.startsWith('/keys')) return say({ keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256' }] })
  if (url.startsWith('/me')) return say({ sub: 'ann-1', id: 'ann-of-id', email: 'ann@example.com' })
  if (url.startsWith('/.well-known')) {
    const authorization_endpoint = `${origin}/found-authorize`
    return say({ issuer: origin, authorization_endpoint, token_endpoint: `${origin}/found-token` })
  }
  const id_token = await new SignJWT({ ...(nonce && { nonce }), sub: 'ann-1' })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(origin)
    .setAudience(body.get('client_id') ?? 'ours')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey)
  say({ access_token: 'token', token_type: 'Bearer', id_token })
}

/** What a realm with this provider does: whom it offers, where it sends people, what it asks, and whom it signs in. */
async function socialEffects(document: JsonObject): Promise<string> {
  requests = []
  const text = JSON.stringify(document).replaceAll('https://idp.example.com', `http://${host}`)
  const port = realmWithProvider(() => JSON.parse(text) as JsonObject, [host])
  const done = port.begin('ours').then(async (started) => {
    const { searchParams, origin, pathname } = new URL(started?.url ?? '')
    const sent = Object.fromEntries(searchParams)
    nonce = sent.nonce ?? ''
    const parameters = { code: 'code', state: sent.state ?? '' }
    const profile = await port.finish('ours', started?.pending ?? {}, parameters).catch(String)
    const [subject, transform] =
      typeof profile === 'string' ? [profile] : [profile.subject, profile.transform]
    return [origin, pathname, { ...sent, nonce: '', state: '', code_challenge: '' }, subject, transform]
  })
  return JSON.stringify([await port.offered(), await done.catch(String), requests])
}

const idp = 'https://idp.example.com'
const usualProvider: Record<string, Json> = {
  clientId: 'ours',
  clientSecret: 'a secret of theirs and ours',
  scopes: ['openid', 'email'],
  redirectURI: 'https://app.example.com/in',
  authorizationEndpoint: `${idp}/authorize`,
  tokenEndpoint: `${idp}/token`,
  userInfoEndpoint: `${idp}/me`,
  jwksUriEndpoint: `${idp}/keys`,
  issuer: idp,
}

const socialExamples: Examples = {
  enabled: [false],
  clientId: ['theirs'],
  clientSecret: ['another secret'],
  clientAuthenticationMethod: ['CLIENT_SECRET_BASIC'],
  scopes: [['openid']],
  scopeDelimiter: [','],
  redirectURI: ['https://app.example.com/other'],
  pkceMethod: ['PLAIN'],
  authorizationEndpoint: [`${idp}/other`],
  tokenEndpoint: [`${idp}/other`],
  userInfoEndpoint: [`${idp}/me-too`],
  issuer: ['https://other.example.com'],
  jwksUriEndpoint: [`${idp}/keys-too`],
  wellKnownEndpoint: [`${idp}/.well-known/openid-configuration`, { authorizationEndpoint: null }],
  transform: ['script-1'],
  authenticationIdKey: ['id', { scopes: ['email'] }],
  acrValues: [['gold']],
  readsIdTokens: [false],
  uiConfig: [{ buttonDisplayName: 'Ours' }],
}

const sp = 'https://sp.example.com'
const metaAlias = '/alpha/sp'
const sealer = createSealer(new Uint8Array(32))
let certified: Certified
beforeAll(async () => {
  certified = await certify('CN=test')
})

const usualEntity: Record<string, Json> = {
  entityId: sp,
  'serviceProvider.services.metaAlias': metaAlias,
}
const signing = 'serviceProvider.assertionContent.signingAndEncryption'
const context = 'serviceProvider.assertionContent.authenticationContext'
const processing = 'serviceProvider.assertionProcessing'
const items = [{ contextReference: 'urn:gold', level: 5, defaultItem: true }]

const samlExamples: Examples = {
  entityId: ['https://other.example.com'],
  [`${signing}.requestResponseSigning.authenticationRequest`]: [true],
  [`${signing}.requestResponseSigning.assertion`]: [true],
  [`${signing}.requestResponseSigning.postResponse`]: [true],
  [`${signing}.encryption.assertion`]: [true],
  [`${context}.authContextItems`]: [items],
  [`${context}.includeRequestedAuthenticationContext`]: [false, { [`${context}.authContextItems`]: items }],
  'serviceProvider.assertionContent.assertionTimeSkew': [10],
  [`${processing}.attributeMapper.attributeMap`]: [[{ key: 'mail', value: 'email' }]],
  [`${processing}.autoFederation.autoFedEnabled`]: [
    true,
    { [`${processing}.autoFederation.autoFedAttribute`]: 'mail' },
  ],
  [`${processing}.autoFederation.autoFedAttribute`]: [
    'mail',
    { [`${processing}.autoFederation.autoFedEnabled`]: true },
  ],
  [`${processing}.accountMapping.useNameIDAsSPUserID`]: [true],
  [`${processing}.accountMapping.transientUser`]: ['guest'],
  [`${processing}.redirectTreeConfiguration.redirectTreeName`]: ['Portal'],
  'serviceProvider.services.metaAlias': ['/alpha/other'],
}

const remote = (): JsonObject => {
  const certificate = `<KeyDescriptor><KeyInfo><X509Data><X509Certificate>${certified.base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
  const service = `<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${idp}/sso"/>`
  const xml = `<EntityDescriptor entityID="${idp}"><IDPSSODescriptor>${certificate}${service}</IDPSSODescriptor></EntityDescriptor>`
  return { entityId: idp, entityLocation: 'remote', base64EntityXML: Buffer.from(xml).toString('base64url') }
}

/** What a realm with this entity does: its metadata, its request, and what it makes of responses of several kinds. */
async function samlEffects(document: JsonObject): Promise<string> {
  const entity = hostedSchema.parse(document)
  const alias = entity.serviceProvider.services.metaAlias
  const trustedProviders = [`${entity.entityId}|saml2`, `${idp}|saml2`]
  const documents: RealmDocument[] = [
    { kind: samlEntityKind, id: entityKey(entity.entityId), document },
    { kind: samlEntityKind, id: entityKey(idp), document: remote() },
    { kind: 'circleOfTrust', id: 'circle', document: { trustedProviders } },
  ]
  const jwk = { ...certified.privateKey.export({ format: 'jwk' }), kty: 'RSA', alg: 'RS256' }
  const generation = { number: 1, madeAt: 0, isAlone: false, keys: [{ ...jwk, x5c: [certified.base64] }] }
  const from = {
    documents: {
      all: async (_realm: string, kind: string) => documents.filter((one) => one.kind === kind),
      read: async (_realm: string, kind: string, id: string) =>
        documents.find((one) => one.kind === kind && one.id === id),
    },
    sealer,
    spKeys: { published: async () => [generation] },
    refreshMetadata: async () => false,
    useUp: async () => true,
    now: Date.now,
    send: () => Promise.reject(new Error('nothing is sent')),
  }
  const baseUrl = 'https://sso.example.com/am'
  const at = { realm: '/alpha', journey: 'Portal', baseUrl, trusted: () => undefined, browser: 'browser' }
  const settings: SamlStart = {
    ...{ allowCreate: true, authComparison: 'MINIMUM', classes: [], declarations: [], nameIdFormat: '' },
    ...{ requestBinding: 'HTTP_REDIRECT', binding: 'HTTP_POST', forceAuthn: false, isPassive: false },
  }
  const port = samlSignIn(from, at)
  const { url, pending } = await port.begin({ metaAlias: alias, idp }, settings, undefined)
  const query = new URL(url).searchParams
  const request = inflateRawSync(Buffer.from(query.get('SAMLRequest') ?? '', 'base64')).toString()
  const inResponseTo = / ID="([^"]*)"/.exec(request)?.[1] ?? ''

  async function outcome(changes: Partial<SamlContent>): Promise<Json> {
    const consumer = consumerUrl(baseUrl, alias)
    const usual = { entityId: idp, consumer, audience: entity.entityId, inResponseTo, certified }
    const xml = responseXml({ ...contentFor(usual), contextClass: 'urn:gold', ...changes })
    const delivery = { SAMLResponse: Buffer.from(xml).toString('base64') }
    let problem = ''
    const warn = (text: string) => {
      problem = text
    }
    const next = await consume(from, at, alias, delivery, { isForm: true, warn })
    const { searchParams } = new URL(next?.url ?? '')
    const result = await port
      .finish({ metaAlias: alias, idp }, pending, searchParams.get('responsekey') ?? '')
      .catch(String)
    return JSON.parse(JSON.stringify([problem, searchParams.get('service'), result])) as Json
  }

  const keys = await spKeysOf(from.spKeys, { realm: '/alpha', entityId: entity.entityId, now: Date.now() })
  const ago = Date.now() - 100_000
  const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
  return JSON.stringify([
    spMetadata(entity, baseUrl, keys),
    query.has('Signature'),
    request.replaceAll(/ (ID|IssueInstant)="[^"]*"/g, ''),
    await outcome({}),
    await outcome({ signed: 'response' }),
    await outcome({ notOnOrAfter: ago, confirmedUntil: ago }),
    await outcome({ nameIdFormat: transient }),
    await outcome({ inResponseTo: '' }),
  ])
}

const walks = [
  {
    name: 'a social identity provider',
    kind: socialProviderKind,
    rows: memberRows(providerMembers, socialExamples, usualProvider),
    examples: socialExamples,
    effects: socialEffects,
    named: () => ({}),
    at: (id: string) => ['PUT', `services/SocialIdentityProviders/oidcConfig/${id}`],
  },
  {
    name: 'a hosted SAML entity',
    kind: samlEntityKind,
    rows: memberRows(hostedMembers, samlExamples, usualEntity),
    examples: samlExamples,
    effects: samlEffects,
    named: (path: string) => ({ entityId: `https://${path}.example.com` }),
    at: () => ['POST', 'saml2/hosted/?_action=create'],
  },
]

test('the page of members is up to date (npx vitest -u writes it)', async () => {
  const page = `# Members of identity providers

What each member of a social identity provider (\`/realm-config/services/SocialIdentityProviders/TYPE/ID\`) and of a hosted SAML
entity (\`/realm-config/saml2/hosted/ID\`) does here. *Refused* members can't be set: the answer is 400 with the name, and an import
keeps and reports them. Members with *no effect* are stored and returned; the header \`sidegate-findings\` and the plan of an import
name those that are set. [Federation](federation.md) says how to use the latter.

## Social identity providers

${memberTable(walks[0]?.rows ?? [], '')}

## Hosted SAML entities

${memberTable(walks[1]?.rows ?? [], '')}
`
  await expect(page).toMatchFileSnapshot('../../docs/provider-members.md')
})

describe.each(walks)('$name', ({ kind, rows, examples, effects, named, at }) => {
  let server: TestServer
  let ask: Ask
  beforeAll(async () => {
    server = await startServer()
    ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  })
  afterAll(() => server.stop())

  test('each member that is done has an example, and no other member has one', () => {
    expect(Object.keys(examples).toSorted()).toEqual(pathsDone(rows))
  })

  test.each(rows)('$path has its effect, its finding or its refusal', async (row: MemberRow) => {
    const { path, member, before, after } = row
    const problems = providerProblems({ documents: [{ kind, id: 'one', document: after }] })
    const says = (words: string) => problems.some(({ message }) => message.includes(`has ${path}: ${words}`))
    expect([says(member.why ?? 'of one'), says('kept without effect')]).toEqual([
      member.state === 'refused',
      member.state === 'kept',
    ])
    const [method = '', place = ''] = at(path.replaceAll('.', '-'))
    const sent: JsonObject = { ...after, ...named(path) }
    const { status, body, headers } = await ask(`/realms/root/realms/alpha/realm-config/${place}`, {
      method,
      body: sent,
    })
    if (member.state === 'refused') {
      expect([status, body.message]).toEqual([400, expect.stringContaining(`${path}: ${member.why}`)])
      return
    }
    // A secret is not shown, and the server says where an entity is.
    const { clientSecret: _secret, entityLocation: _place, ...shown } = sent
    expect([status, body]).toEqual([201, expect.objectContaining(shown)])
    const findings = headers.get('sidegate-findings') ?? ''
    expect(findings.includes(`${path}: kept without effect`)).toBe(member.state === 'kept')
    const [without, within] = [await effects(before), await effects(after)]
    expect(within === without).toBe(member.state !== 'done')
  })
})
