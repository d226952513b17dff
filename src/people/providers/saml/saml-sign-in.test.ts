import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type Certified, certify } from '../../../../test/support/certificates.ts'
import type { JsonObject } from '../../../base/json.ts'
import type { SamlStart } from '../../../nodes/ports/outside-ports.ts'
import type { RealmDocument } from '../../../realms/document-store.ts'
import { createSealer } from '../../../secrets/seal.ts'
import { requestIdFor } from './asking-browser.ts'
import { entityKey } from './entities.ts'
import { samlSignIn } from './saml-sign-in.ts'
import { type SamlAnswer, sealAnswer } from './sealed-answer.ts'

const sealer = createSealer(new Uint8Array(32))
const [sp, idp] = ['https://sp.example.com', 'https://idp.example.com']
const metaAlias = '/alpha/sp'
const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const time = 1_700_000_000_000

let metadata: string
let serviceProvider: JsonObject
let circles: JsonObject[]
let used: Set<string>

const xml = (inside: string, more = '') =>
  `<EntityDescriptor entityID="${idp}"><IDPSSODescriptor${more}>${inside}</IDPSSODescriptor></EntityDescriptor>`
const keyWith = (text: string) =>
  `<KeyDescriptor><KeyInfo><X509Data><X509Certificate>${text}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
const service =
  '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/>'

let certified: Certified
let certificate: string
beforeAll(async () => {
  certified = await certify('CN=test')
  certificate = keyWith(certified.base64)
})

beforeEach(() => {
  metadata = xml(certificate + service)
  serviceProvider = {}
  used = new Set()
  circles = [{ trustedProviders: [`${sp}|saml2`, `${idp}|saml2`] }]
})

function documents(): RealmDocument[] {
  const kind = 'saml2Entity'
  return [
    {
      kind,
      id: entityKey(sp),
      document: { entityId: sp, serviceProvider: { services: { metaAlias }, ...serviceProvider } },
    },
    {
      kind,
      id: entityKey(idp),
      document: {
        entityId: idp,
        entityLocation: 'remote',
        base64EntityXML: Buffer.from(metadata).toString('base64url'),
      },
    },
    ...circles.map((document, id) => ({ kind: 'circleOfTrust', id: String(id), document })),
  ]
}

function generation() {
  const jwk = certified.privateKey.export({ format: 'jwk' })
  const key = { ...jwk, kty: 'RSA', alg: 'RS256', x5c: [certified.base64] }
  return { number: 1, madeAt: 0, isAlone: false, keys: [key] }
}

const port = (browser = 'browser') =>
  samlSignIn(
    {
      documents: {
        all: async (_realm, kind) => documents().filter((one) => one.kind === kind),
        read: async (_realm, kind, id) => documents().find((one) => one.kind === kind && one.id === id),
      },
      sealer,
      spKeys: { published: async () => [generation()] },
      refreshMetadata: async () => false,
      async useUp(realm, id, until) {
        const key = JSON.stringify([realm, id, until])
        return !used.has(key) && used.add(key).size > 0
      },
      now: () => time,
    },
    {
      realm: '/alpha',
      journey: 'Portal',
      baseUrl: 'https://sso.example.com/am',
      trusted: (url) => (url.includes('app.') ? url : undefined),
      browser,
    },
  )

const settings: SamlStart = {
  allowCreate: true,
  authComparison: 'MINIMUM',
  classes: [],
  declarations: [],
  requestBinding: 'HTTP_REDIRECT',
  binding: 'HTTP_POST',
  forceAuthn: false,
  isPassive: false,
  nameIdFormat: '',
}

const begin = (page?: string) => port().begin({ metaAlias, idp }, settings, page)

const confirmed = {
  idp,
  id: '_a',
  usableUntil: time + 9,
  inResponseTo: '_1',
  nameId: { value: 'ann-1', format: 'persistent', nameQualifier: '', spNameQualifier: '' },
  sessionIndex: '',
  attributes: { email: ['ann@example.com'], groups: ['a', 'b'] },
  authnInstant: time,
  contextClass: 'usual',
  contextDeclaration: 'declared',
}

const finish = (
  result: SamlAnswer['result'] = confirmed,
  more: Partial<SamlAnswer> = {},
  asked: JsonObject = {},
) =>
  port().finish(
    { metaAlias, idp },
    { requestId: '_1', ...asked },
    sealAnswer(sealer, { metaAlias, expiresAt: time + 1, result, ...more }),
  )

test.each([
  ['an unknown alias', { metaAlias: '/x', idp }],
  ['an unknown identity provider', { metaAlias, idp: 'x' }],
])('rejects %s', async (_, entities) => {
  await expect(port().begin(entities, settings, undefined)).rejects.toThrow()
})

test.each([
  ['entities without a circle of trust', {}],
  ['a circle with only one of them', { circles: [{ trustedProviders: [`${idp}|saml2`] }] }],
  [
    'an inactive circle',
    { circles: [{ status: 'inactive', trustedProviders: [`${sp}|saml2`, `${idp}|saml2`] }] },
  ],
])('rejects %s', async (_, changed: { circles?: JsonObject[] }) => {
  circles = changed.circles ?? []
  await expect(begin()).rejects.toThrow('circle of trust')
})

test.each([
  [
    'metadata of another entity',
    () => xml(certificate + service).replace(idp, 'https://x'),
    "belongs to 'https://x'",
  ],
  ['metadata without a certificate', () => xml(service), 'no signing certificate'],
  [
    'metadata with a broken certificate',
    () => xml(keyWith('AAAA') + service),
    'certificate that is unreadable',
  ],
  [
    'metadata with an address that is a script',
    () => xml(certificate + service.replace('https://idp.example.com/sso', 'javascript:alert(1)')),
    'no identity provider',
  ],
  ['metadata without an address', () => xml(certificate), 'no SingleSignOnService'],
  [
    'metadata with an address for another binding',
    () => xml(certificate + service.replace('HTTP-Redirect', 'SOAP')),
    'no SingleSignOnService',
  ],
  [
    'metadata without an identity provider',
    () => `<EntityDescriptor entityID="${idp}"/>`,
    'no identity provider',
  ],
])('rejects %s', async (_, text, reason) => {
  metadata = text()
  await expect(begin()).rejects.toThrow(reason)
})

test.each([
  ['the provider wants that', ' WantAuthnRequestsSigned="true"', false, true],
  ['the service provider says so', '', true, true],
  ['neither does', ' WantAuthnRequestsSigned="false"', false, false],
])('a request is signed if %s', async (_, wanted, authenticationRequest, expected) => {
  metadata = xml(certificate + service, wanted)
  serviceProvider = {
    assertionContent: { signingAndEncryption: { requestResponseSigning: { authenticationRequest } } },
  }
  expect(new URL((await begin()).url).searchParams.has('Signature')).toBe(expected)
})

test('sends the page as RelayState if it is trusted and short enough', async () => {
  const relayState = async (page?: string) => new URL((await begin(page)).url).searchParams.get('RelayState')
  expect(await relayState('https://app.example.com/login?realm=x#y')).toBe('https://app.example.com/login')
  expect(await relayState(`https://app.example.com/${'x'.repeat(80)}`)).toBeNull()
  expect(await relayState('https://evil.example.com/')).toBeNull()
  expect(await relayState('nothing')).toBeNull()
  expect(await relayState()).toBeNull()
})

test('gives every request its own id', async () => {
  const [first, second] = [await begin(), await begin()]
  expect(first.pending).not.toEqual(second.pending)
})

test.each([
  ['one for another service provider', { metaAlias: '/alpha/other' }, confirmed],
  ['an expired one', { expiresAt: time }, confirmed],
  ['an error', {}, { refused: 'no' }],
  ['one for another request', {}, { ...confirmed, inResponseTo: '_2' }],
  ['one from another identity provider', {}, { ...confirmed, idp: 'https://other.example.com' }],
])('rejects a response: %s', async (_, more, result) => {
  await expect(finish(result, more)).rejects.toThrow()
})

test('rejects a response that this server did not seal', async () => {
  const made = createSealer(new Uint8Array(32).fill(1))
  const key = sealAnswer(made, { metaAlias, expiresAt: time + 1, result: confirmed })
  await expect(port().finish({ metaAlias, idp }, { requestId: '_1' }, key)).rejects.toThrow(
    'not checked by this server',
  )
})

test('rejects a response that is too long for a link', () => {
  const attributes = { many: Array.from({ length: 2000 }, () => String(Math.random())) }
  const content = { metaAlias, expiresAt: time, result: { ...confirmed, attributes } }
  expect(() => sealAnswer(sealer, content)).toThrow('more attributes')
})

test.each([
  ['an empty map keeps all', [], { email: ['ann@example.com'], groups: ['a', 'b'] }],
  [
    'an entry renames one and drops the others',
    [{ key: 'email', value: 'mail' }],
    { mail: ['ann@example.com'] },
  ],
  [
    'an entry in the older form, and * for all others',
    [
      { samlAttribute: 'email', localAttribute: 'mail' },
      { key: '*', value: '*' },
    ],
    { mail: ['ann@example.com'], groups: ['a', 'b'] },
  ],
])('maps attributes: %s', async (_, attributeMap, expected) => {
  serviceProvider = { assertionProcessing: { attributeMapper: { attributeMap } } }
  expect((await finish()).attributes).toEqual(expected)
})

test.each([
  ['by an existing link alone', {}, confirmed, {}],
  ['by the name id', { accountMapping: { useNameIDAsSPUserID: true } }, confirmed, { userName: 'ann-1' }],
  [
    'by a shared account if name ids are transient',
    { accountMapping: { useNameIDAsSPUserID: true, transientUser: 'guest' } },
    { ...confirmed, nameId: { ...confirmed.nameId, format: transient } },
    { userName: 'guest', isTransient: true },
  ],
  [
    'by a mapped attribute',
    {
      autoFederation: { autoFedEnabled: true, autoFedAttribute: 'email' },
      attributeMapper: { attributeMap: [{ key: 'email', value: 'mail' }] },
    },
    confirmed,
    { attribute: { name: 'mail', value: 'ann@example.com' } },
  ],
  [
    'not by an attribute that is missing',
    { autoFederation: { autoFedEnabled: true, autoFedAttribute: 'x' } },
    confirmed,
    {},
  ],
])('finds an account %s', async (_, assertionProcessing, result, expected) => {
  serviceProvider = { assertionProcessing }
  const unset = { isTransient: false, userName: undefined, attribute: undefined }
  expect((await finish(result)).account).toEqual({ ...unset, ...expected })
})

const levels = [
  ['weak', 1],
  ['usual', 2],
  ['same', 2],
  ['strong', 3],
] as const

/** The answer's context is `usual`. */
test.each([
  ['EXACT', ['usual'], true],
  ['EXACT', ['other', 'usual'], true],
  ['EXACT', ['same'], false],
  ['MINIMUM', ['usual'], true],
  ['MINIMUM', ['weak'], true],
  ['MINIMUM', ['strong'], false],
  ['MINIMUM', ['strong', 'same'], true],
  ['MINIMUM', ['unknown'], false],
  ['MINIMUM', ['weak', 'unknown'], false],
  ['MAXIMUM', ['strong'], true],
  ['MAXIMUM', ['same'], true],
  ['MAXIMUM', ['weak'], false],
  ['BETTER', ['weak'], true],
  ['BETTER', ['usual'], false],
  ['BETTER', ['same'], false],
  ['BETTER', ['weak', 'strong'], false],
])(
  'an answer in the context “usual” to a request for %s %j counts: %s',
  async (authComparison, classes, counts) => {
    const authContextItems = levels.map(([contextReference, level]) => ({ contextReference, level }))
    serviceProvider = { assertionContent: { authenticationContext: { authContextItems } } }
    const answer = finish(confirmed, {}, { authComparison, classes })
    if (counts) await answer
    else {
      const expected = `context is usual, expected ${authComparison.toLowerCase()}: ${classes.join(', ')}`
      await expect(answer).rejects.toThrow(expected)
    }
  },
)

test('an answer is compared with requested declarations if no class was requested', async () => {
  await finish(confirmed, {}, { declarations: ['declared'] })
  await finish(confirmed, {}, { classes: ['usual'], declarations: ['other'] })
  await expect(finish(confirmed, {}, { declarations: ['usual'] })).rejects.toThrow('context is declared')
  const silent = { ...confirmed, contextClass: '' }
  await expect(finish(silent, {}, { classes: ['usual'] })).rejects.toThrow('context is (none)')
})

test('a person who had to authenticate again must have done so since the request', async () => {
  const asked = { forcedAt: time }
  await finish({ ...confirmed, authnInstant: time - 300_000 }, {}, asked)
  await expect(finish({ ...confirmed, authnInstant: time - 300_001 }, {}, asked)).rejects.toThrow(
    'not again since 2023-11-14T22:13:20.000Z',
  )
  await finish({ ...confirmed, authnInstant: 0 })
})

test('keeps what it requested for the comparison with the answer', async () => {
  const request = { ...settings, classes: ['a'], declarations: ['b'], forceAuthn: true }
  const { pending } = await port().begin({ metaAlias, idp }, request, undefined)
  expect(pending).toMatchObject({
    classes: ['a'],
    declarations: ['b'],
    authComparison: 'MINIMUM',
    forcedAt: time,
  })
  expect((await begin()).pending).not.toHaveProperty('forcedAt')
})

test('says when the session of the identity provider ends', async () => {
  expect((await finish({ ...confirmed, sessionEndsAt: 5 })).sessionEndsAt).toBe(5)
  expect(await finish()).not.toHaveProperty('sessionEndsAt')
})

test('requests the default authentication contexts of the service provider', async () => {
  const authContextItems = [
    { contextReference: 'usual', defaultItem: true },
    { contextReference: 'other', defaultItem: false },
  ]
  const { inflateRawSync } = await import('node:zlib')
  const asked = async () => {
    const packed = new URL((await begin()).url).searchParams.get('SAMLRequest') ?? ''
    return inflateRawSync(Buffer.from(packed, 'base64')).toString()
  }
  serviceProvider = { assertionContent: { authenticationContext: { authContextItems } } }
  expect(await asked()).toContain('>usual<')
  expect(await asked()).not.toContain('>other<')
  const off = { includeRequestedAuthenticationContext: false, authContextItems }
  serviceProvider = { assertionContent: { authenticationContext: off } }
  expect(await asked()).not.toContain('RequestedAuthnContext')
})

/** An answer of a sign-in that started at the identity provider. */
const startedThere = ({
  answer = {},
  result = {},
  request = {},
  browser,
}: {
  answer?: Partial<SamlAnswer>
  result?: Partial<typeof confirmed>
  request?: Partial<SamlStart>
  browser?: string
} = {}) => {
  const bound = { ...confirmed, inResponseTo: requestIdFor('browser'), ...result }
  const content = { metaAlias, expiresAt: time + 1, journey: 'Portal', result: bound, ...answer }
  return port(browser).startedThere(
    { metaAlias, idp },
    { ...settings, ...request },
    sealAnswer(sealer, content),
  )
}

test('a sign-in that started at the identity provider counts once', async () => {
  expect((await startedThere())?.nameId.value).toBe('ann-1')
  expect([...used]).toEqual([JSON.stringify(['/alpha', JSON.stringify([idp, '_a']), time + 9])])
  await expect(startedThere()).rejects.toThrow('used before')
  expect((await startedThere({ result: { id: '_b' } }))?.idp).toBe(idp)
})

test.each([
  ['in another journey', { answer: { journey: 'Other' } }, 'for another journey'],
  ['in another browser', { browser: 'other' }, 'another browser'],
  ['after its time', { answer: { expiresAt: time } }, 'expired'],
  ['for another service provider', { answer: { metaAlias: '/alpha/other' } }, 'another service provider'],
  [
    'of another identity provider',
    { result: { idp: 'https://other.example.com' } },
    'another identity provider',
  ],
  ['if the node wants a new authentication', { request: { forceAuthn: true } }, 'authenticate again'],
  ['in another context than requested', { request: { classes: ['strong'] } }, 'context is usual'],
  ['after it was rejected', { answer: { result: { refused: 'no' } } }, 'no'],
])('a sign-in that started at the identity provider does not count %s', async (_, changed, reason) => {
  await expect(startedThere(changed)).rejects.toThrow(reason)
  expect(used.size).toBe(0)
})

test('a sign-in that started at the identity provider must have a context that the service provider requests', async () => {
  const authContextItems = [{ contextReference: 'strong', defaultItem: true }]
  serviceProvider = { assertionContent: { authenticationContext: { authContextItems } } }
  await expect(startedThere()).rejects.toThrow('context is usual')
})

test('an answer to a request starts no journey, and one to no request answers none', async () => {
  const key = sealAnswer(sealer, { metaAlias, expiresAt: time + 1, result: confirmed })
  expect(await port().startedThere({ metaAlias, idp }, settings, key)).toBeUndefined()
  await expect(
    finish({ ...confirmed, inResponseTo: requestIdFor('browser') }, { journey: 'Portal' }),
  ).rejects.toThrow('another request')
})
