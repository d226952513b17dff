import { beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../../engine/json.ts'
import type { SamlStart } from '../../../nodes/ports/outside-ports.ts'
import type { RealmDocument } from '../../../realms/document-store.ts'
import { createSealer } from '../../../secrets/seal.ts'
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

const xml = (inside: string, more = '') =>
  `<EntityDescriptor entityID="${idp}"><IDPSSODescriptor${more}>${inside}</IDPSSODescriptor></EntityDescriptor>`
const certificate =
  '<KeyDescriptor><KeyInfo><X509Data><X509Certificate>x</X509Certificate></X509Data></KeyInfo></KeyDescriptor>'
const service =
  '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/>'

beforeEach(() => {
  metadata = xml(certificate + service)
  serviceProvider = {}
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

const port = () =>
  samlSignIn(
    {
      documents: {
        all: async (_realm, kind) => documents().filter((one) => one.kind === kind),
        read: async (_realm, kind, id) => documents().find((one) => one.kind === kind && one.id === id),
      },
      sealer,
      now: () => time,
    },
    { realm: '/alpha', baseUrl: 'https://sso.example.com/am', isTrusted: (url) => url.includes('app.') },
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

const told = {
  idp,
  inResponseTo: '_1',
  nameId: { value: 'ann-1', format: 'persistent', nameQualifier: '', spNameQualifier: '' },
  sessionIndex: '',
  attributes: { email: ['ann@example.com'], groups: ['a', 'b'] },
}

const finish = (result: SamlAnswer['result'] = told, more: Partial<SamlAnswer> = {}) =>
  port().finish(
    { metaAlias, idp },
    { requestId: '_1' },
    sealAnswer(sealer, { metaAlias, expiresAt: time + 1, result, ...more }),
  )

test.each([
  ['no service provider of the alias', { metaAlias: '/x', idp }],
  ['no identity provider of the name', { metaAlias, idp: 'x' }],
])('with %s nobody is asked', async (_, entities) => {
  await expect(port().begin(entities, settings, undefined)).rejects.toThrow()
})

test.each([
  ['no circle of trust', {}],
  ['a circle that has one of them', { circles: [{ trustedProviders: [`${idp}|saml2`] }] }],
  [
    'an inactive circle',
    { circles: [{ status: 'inactive', trustedProviders: [`${sp}|saml2`, `${idp}|saml2`] }] },
  ],
])('with %s nobody is asked', async (_, changed: { circles?: JsonObject[] }) => {
  circles = changed.circles ?? []
  await expect(begin()).rejects.toThrow('circle of trust')
})

test.each([
  ['metadata of another', xml(certificate + service).replace(idp, 'https://x'), "of 'https://x'"],
  ['metadata without a certificate', xml(service), 'no signing certificate'],
  ['metadata of no identity provider', `<EntityDescriptor entityID="${idp}"/>`, 'no identity provider'],
  [
    'signed requests wanted',
    xml(certificate + service, ' WantAuthnRequestsSigned="true"'),
    'signed requests',
  ],
])('with %s nobody is asked', async (_, text, reason) => {
  metadata = text
  await expect(begin()).rejects.toThrow(reason)
})

test('the page goes along when it is trusted and short', async () => {
  const relayState = async (page?: string) => new URL((await begin(page)).url).searchParams.get('RelayState')
  expect(await relayState('https://app.example.com/login?realm=x#y')).toBe('https://app.example.com/login')
  expect(await relayState(`https://app.example.com/${'x'.repeat(80)}`)).toBeNull()
  expect(await relayState('https://evil.example.com/')).toBeNull()
  expect(await relayState('nothing')).toBeNull()
  expect(await relayState()).toBeNull()
})

test('every request has an id of its own', async () => {
  const [first, second] = [await begin(), await begin()]
  expect(first.pending).not.toEqual(second.pending)
})

test.each([
  ['for another service provider', { metaAlias: '/alpha/other' }, told],
  ['too late', { expiresAt: time }, told],
  ['a refusal', {}, { refused: 'no' }],
  ['to another request', {}, { ...told, inResponseTo: '_2' }],
  ['of another identity provider', {}, { ...told, idp: 'https://other.example.com' }],
])('an answer that is %s does not count', async (_, more, result) => {
  await expect(finish(result, more)).rejects.toThrow()
})

test('what a browser made up does not count', async () => {
  const made = createSealer(new Uint8Array(32).fill(1))
  const key = sealAnswer(made, { metaAlias, expiresAt: time + 1, result: told })
  await expect(port().finish({ metaAlias, idp }, { requestId: '_1' }, key)).rejects.toThrow(
    'not checked here',
  )
})

test('an answer that no link could carry is refused where it comes in', () => {
  const attributes = { many: Array.from({ length: 2000 }, () => String(Math.random())) }
  const content = { metaAlias, expiresAt: time, result: { ...told, attributes } }
  expect(() => sealAnswer(sealer, content)).toThrow('more attributes')
})

test.each([
  ['nothing, so all', [], { email: ['ann@example.com'], groups: ['a', 'b'] }],
  ['one', [{ key: 'email', value: 'mail' }], { mail: ['ann@example.com'] }],
  [
    'one in the form of other exports, and all others',
    [
      { samlAttribute: 'email', localAttribute: 'mail' },
      { key: '*', value: '*' },
    ],
    { mail: ['ann@example.com'], groups: ['a', 'b'] },
  ],
])('attributes have the names that the map gives them: %s', async (_, attributeMap, expected) => {
  serviceProvider = { assertionProcessing: { attributeMapper: { attributeMap } } }
  expect((await finish()).attributes).toEqual(expected)
})

test.each([
  ['by nothing else than a link', {}, told, {}],
  ['by the name itself', { accountMapping: { useNameIDAsSPUserID: true } }, told, { userName: 'ann-1' }],
  [
    'by one account, if the name changes each time',
    { accountMapping: { useNameIDAsSPUserID: true, transientUser: 'guest' } },
    { ...told, nameId: { ...told.nameId, format: transient } },
    { userName: 'guest', isTransient: true },
  ],
  [
    'by an attribute, under the name that it has here',
    {
      autoFederation: { autoFedEnabled: true, autoFedAttribute: 'email' },
      attributeMapper: { attributeMap: [{ key: 'email', value: 'mail' }] },
    },
    told,
    { attribute: { name: 'mail', value: 'ann@example.com' } },
  ],
  [
    'by an attribute that is not told',
    { autoFederation: { autoFedEnabled: true, autoFedAttribute: 'x' } },
    told,
    {},
  ],
])('an account is found %s', async (_, assertionProcessing, result, expected) => {
  serviceProvider = { assertionProcessing }
  const unset = { isTransient: false, userName: undefined, attribute: undefined }
  expect((await finish(result)).account).toEqual({ ...unset, ...expected })
})

test('the usual ways to sign in are those of the service provider', async () => {
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
