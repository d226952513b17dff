import { beforeAll, expect, test } from 'vitest'
import { type Certified, certify } from '../../../../test/support/certificates.ts'
import {
  contentFor,
  type Encryption,
  encryptAssertion,
  responseXml,
  type SamlContent,
} from '../../../../test/support/saml-identity-provider.ts'
import { saml } from './bindings.ts'
import { checkResponse } from './check-response.ts'

const entityId = 'https://idp.example.com'
const consumer = 'https://sso.example.com/am/AuthConsumer/metaAlias/alpha/sp'
const audience = 'https://sp.example.com'
let rsa: Certified
let ec: Certified
/** Keys of the service provider. */
let own: Certified
let other: Certified
beforeAll(async () => {
  ;[rsa, ec] = await Promise.all([certify('CN=idp'), certify('CN=idp', { kind: 'ec' })])
  ;[own, other] = await Promise.all([certify('CN=sp'), certify('CN=sp')])
})

type Changes = Partial<SamlContent>

function check(
  changes: Changes = {},
  isByBrowser = true,
  certificates = [ec.base64, rsa.base64],
  {
    isEncryptionRequired = false,
    mayStartThere = false,
    mustSign = { assertion: false, response: false },
  } = {},
) {
  const content = contentFor({ entityId, consumer, audience, inResponseTo: '_1', certified: rsa })
  const response = Buffer.from(responseXml({ ...content, ...changes })).toString('base64')
  return checkResponse(response, {
    idp: {
      entityId,
      signOn: { [saml.redirect]: entityId },
      artifactResolution: [],
      certificates,
      wantsSignedRequests: false,
    },
    audience,
    consumer,
    skewSeconds: 60,
    now: Date.now(),
    isByBrowser,
    spKeys: [other.privateKey, own.privateKey],
    isEncryptionRequired,
    mustSign,
    mayStartThere,
  })
}

const drafted = (from: string | RegExp, to: string): Changes => ({ drafted: (xml) => xml.replace(from, to) })
const minutes = (count: number) => Date.now() + count * 60_000
const time = (at: number) => new Date(at).toISOString()

test('reads who authenticated, when, how, and until when', () => {
  const end = minutes(30)
  const confirmedUntil = minutes(5)
  expect(
    check({ authnMore: ` SessionNotOnOrAfter="${time(end)}"`, authnInstant: 1000, confirmedUntil }),
  ).toEqual({
    idp: entityId,
    id: expect.stringMatching(/^_[-\da-f]{36}$/),
    inResponseTo: '_1',
    usableUntil: confirmedUntil + 60_000,
    nameId: {
      value: 'ann-1',
      format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      nameQualifier: '',
      spNameQualifier: '',
    },
    sessionIndex: 'index-1',
    attributes: { mail: ['ann@example.com'], groups: ['staff', 'desk'] },
    authnInstant: 1000,
    contextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
    contextDeclaration: '',
    sessionEndsAt: end,
  })
})

test('reads text around comments as one, and leaves out attributes without text', () => {
  const changes = drafted(
    />ann-1<(.*)>ann@example.com</s,
    '>ann<!-- x -->-1<$1>ann@example.com<!-- -->.org</saml:AttributeValue><saml:AttributeValue/><saml:AttributeValue><b>x</b><',
  )
  const { nameId, attributes } = check(changes)
  expect(nameId.value).toBe('ann-1')
  expect(attributes.mail).toEqual(['ann@example.com.org'])
})

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const pss = 'http://www.w3.org/2007/05/xmldsig-more#'
const hashes = ['sha256', 'sha384', 'sha512']

test.each(hashes)('accepts RSA, RSA-PSS and ECDSA with %s, on assertion and response', (hash) => {
  for (const signed of ['assertion', 'response'] as const) {
    expect(check({ signed, algorithm: `${more}rsa-${hash}` }).inResponseTo).toBe('_1')
    expect(check({ signed, algorithm: `${pss}${hash}-rsa-MGF1` }).inResponseTo).toBe('_1')
    expect(check({ signed, signedBy: ec, algorithm: `${more}ecdsa-${hash}` }).inResponseTo).toBe('_1')
  }
})

test.each([
  ['http://www.w3.org/2001/04/xmlenc#sha256'],
  [`${more}sha384`],
  ['http://www.w3.org/2001/04/xmlenc#sha512'],
])('accepts the digest %s', (digest) => {
  expect(check({ digest }).inResponseTo).toBe('_1')
})

test.each([
  [`${more}rsa-md5`, `the signature algorithm ${more}rsa-md5 isn't supported`],
  [`${more}hmac-sha256`, `the signature algorithm ${more}hmac-sha256 isn't supported`],
  ['constructor', "the signature algorithm constructor isn't supported"],
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'SHA-1'],
  ['http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'SHA-1'],
])('rejects the algorithm %s by its name', (algorithm, reason) => {
  const renamed = (xml: string) => xml.replace(`${more}rsa-sha256`, algorithm)
  expect(() => check({ altered: renamed })).toThrow(reason)
})

test.each([
  [`${more}md5`, `the signature algorithm ${more}md5 isn't supported`],
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'SHA-1'],
])('rejects the digest %s by its name', (digest, reason) => {
  const renamed = (xml: string) => xml.replace('http://www.w3.org/2001/04/xmlenc#sha256', digest)
  expect(() => check({ altered: renamed })).toThrow(reason)
})

test('rejects an algorithm for another kind of key, though the signature fits', () => {
  expect(() => check({ signedBy: ec, algorithm: `${more}rsa-sha256` })).toThrow('no key in the provider')
})

test('takes keys from metadata only, never from the message', async () => {
  const stranger = await certify('CN=idp')
  expect(() => check({ signedBy: stranger })).toThrow('no key in the provider')
  expect(() => check({}, true, [stranger.base64])).toThrow('no key in the provider')
})

const otherId = (xml: string) => xml.replace('>ann-1<', '>ben-1<').replace(/ID="_/, 'ID="_x')
const assertionIn = (xml: string) => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? ''
const signatureIn = (xml: string) => /<Signature.*<\/Signature>/s.exec(xml)?.[0] ?? ''
const withoutSignature = (xml: string) => xml.replace(signatureIn(xml), '')

test.each<[string, (xml: string) => string]>([
  [
    'that is hidden beside a forged one',
    (xml) => {
      const genuine = assertionIn(xml)
      const forged = otherId(withoutSignature(genuine))
      return xml.replace(genuine, `${forged}<samlp:Extensions>${genuine}</samlp:Extensions>`)
    },
  ],
  [
    'that is inside the signature of a forged one',
    (xml) => {
      const genuine = assertionIn(xml)
      const object = `<Object>${withoutSignature(genuine)}</Object></Signature>`
      const signature = signatureIn(xml).replace('</Signature>', object)
      return xml.replace(genuine, otherId(genuine).replace(signatureIn(xml), signature))
    },
  ],
  [
    'that is inside a forged one',
    (xml) => {
      const genuine = assertionIn(xml)
      const forged = otherId(genuine)
      return xml.replace(
        genuine,
        forged.replace('<saml:Subject>', `${withoutSignature(genuine)}<saml:Subject>`),
      )
    },
  ],
  [
    'with the same id as a forged one',
    (xml) => {
      const genuine = assertionIn(xml)
      const forged = genuine.replace('>ann-1<', '>ben-1<')
      return xml.replace(genuine, `${forged}<samlp:Extensions>${genuine}</samlp:Extensions>`)
    },
  ],
])('never uses a forged assertion instead of one %s', (_, altered) => {
  expect(() => check({ altered })).toThrow(/signature|is signed/)
})

test('rejects two signatures of one element, and more transforms than signatures need', () => {
  const twice = (xml: string) => xml.replace(signatureIn(xml), signatureIn(xml).repeat(2))
  expect(() => check({ altered: twice })).toThrow('more than one signature')
  const third = (xml: string) => xml.replace('</Transforms>', '<Transform Algorithm="urn:x"/></Transforms>')
  expect(() => check({ altered: third })).toThrow('too many transforms')
})

test('never uses a forged response around a signed one', () => {
  const wrapped = (xml: string) => {
    const genuine = xml
    return withoutSignature(xml)
      .replace('>ann-1<', '>ben-1<')
      .replace(/ID="_/, 'ID="_x')
      .replace('<samlp:Status>', `<samlp:Extensions>${genuine}</samlp:Extensions><samlp:Status>`)
  }
  expect(() => check({ signed: 'response', altered: wrapped })).toThrow(
    'neither the response nor its assertion',
  )
})

const rejected: [string, Changes | (() => Changes), string][] = [
  [
    'without a version',
    drafted(/(<samlp:Response.*?) Version="2.0"/, '$1'),
    'Response has the version (none), expected 2.0',
  ],
  [
    'of version 1.1',
    drafted(/(<samlp:Response.*?) Version="2.0"/, '$1 Version="1.1"'),
    'version 1.1, expected 2.0',
  ],
  [
    'with an assertion of version 1.1',
    drafted(/(<saml:Assertion.*?) Version="2.0"/, '$1 Version="1.1"'),
    'Assertion has the version 1.1',
  ],
  [
    'without a destination',
    drafted(/ Destination="[^"]*"/, ''),
    `has the destination (none), expected ${consumer}`,
  ],
  [
    'with two name ids',
    drafted('<saml:SubjectConfirmation ', '<saml:NameID>ben</saml:NameID><saml:SubjectConfirmation '),
    'Subject has more than one NameID',
  ],
  [
    'with an encrypted name id',
    drafted(/<saml:NameID.*<\/saml:NameID>/, '<saml:EncryptedID/>'),
    'EncryptedID',
  ],
  ['with an empty name id', drafted('>ann-1<', '><'), 'no name id'],
  ['with two subjects', drafted('<saml:Subject>', '<saml:Subject/><saml:Subject>'), 'more than one Subject'],
  [
    'with an unknown condition',
    drafted('</saml:Conditions>', '<x:Condition xmlns:x="urn:x"/></saml:Conditions>'),
    'unknown condition: Condition',
  ],
  [
    'with a condition of SAML that is unknown',
    drafted('</saml:Conditions>', '<saml:Other/></saml:Conditions>'),
    'unknown condition: Other',
  ],
  ['without conditions', drafted(/<saml:Conditions.*<\/saml:Conditions>/s, ''), 'no conditions'],
  [
    'with an audience of another namespace',
    drafted('</saml:Conditions>', '<x:AudienceRestriction xmlns:x="urn:x"/></saml:Conditions>'),
    'unknown condition: AudienceRestriction',
  ],
  [
    'without an audience',
    drafted(/<saml:AudienceRestriction.*<\/saml:AudienceRestriction>/s, ''),
    'names no audience',
  ],
  [
    'with a second audience restriction',
    drafted(
      '</saml:Conditions>',
      '<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction></saml:Conditions>',
    ),
    `audience mismatch: x, expected ${audience}`,
  ],
  [
    'with a bearer confirmation that isn’t valid yet',
    () =>
      drafted(
        '<saml:SubjectConfirmationData',
        `<saml:SubjectConfirmationData NotBefore="${time(minutes(9))}"`,
      ),
    'the confirmation is not yet valid',
  ],
  [
    'with a bearer confirmation without an end',
    drafted(/(<saml:SubjectConfirmationData.*?) NotOnOrAfter="[^"]*"/, '$1'),
    'has no NotOnOrAfter',
  ],
  ['with a time that is none', drafted(/NotBefore="[^"]*"/, 'NotBefore="soon"'), 'NotBefore that is no time'],
  [
    'of a session that has ended',
    () => ({ authnMore: ` SessionNotOnOrAfter="${time(minutes(-9))}"` }),
    'session of the identity provider has ended',
  ],
  ['without a time of authentication', drafted(/ AuthnInstant="[^"]*"/, ''), 'no AuthnInstant'],
  [
    'without an authentication statement',
    drafted(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/s, ''),
    'no authentication statement',
  ],
  ['that nobody asked for', drafted(/ InResponseTo="_1"/g, ''), 'unsolicited (no InResponseTo)'],
  [
    'without the request in its confirmation',
    drafted(/(Recipient="[^"]*") InResponseTo="_1"/, '$1'),
    'unsolicited',
  ],
  [
    'to another request than its assertion',
    drafted(/(Destination="[^"]*") InResponseTo="_1"/, '$1 InResponseTo="_2"'),
    'different requests',
  ],
  [
    'that names another issuer outside',
    { outerIssuer: 'https://other.example.com' },
    `another issuer: https://other.example.com, expected ${entityId}`,
  ],
  ['without an assertion', drafted(/<saml:Assertion.*<\/saml:Assertion>/s, ''), 'no assertion'],
  [
    'with another root',
    { signed: 'nothing', altered: (xml) => xml.replaceAll('samlp:Response', 'samlp:LogoutResponse') },
    'not a SAML response',
  ],
  [
    'with a reason of its provider',
    drafted(
      /<samlp:StatusCode Value="([^"]*)"\/>/,
      '<samlp:StatusCode Value="urn:x:Responder"><samlp:StatusCode Value="urn:x:NoAuthnContext"/></samlp:StatusCode>',
    ),
    'responded with Responder: NoAuthnContext',
  ],
]

test.each(rejected)('rejects a response %s', (_, changes, reason) => {
  const made = typeof changes === 'function' ? changes() : changes
  const signed = made.signed ?? (reason === 'no assertion' ? 'nothing' : 'assertion')
  expect(() => check({ signed, ...made })).toThrow(reason)
})

test('a response behind an artifact needs no destination, and must not have another one', () => {
  expect(check(drafted(/ Destination="[^"]*"/, ''), false).inResponseTo).toBe('_1')
  expect(() => check({ destination: 'https://other.example.com' }, false)).toThrow(
    'https://other.example.com',
  )
})

test('a second confirmation may be the valid one', () => {
  const other = '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/>'
  expect(
    check(drafted('<saml:SubjectConfirmation ', `${other}<saml:SubjectConfirmation `)).inResponseTo,
  ).toBe('_1')
})

const encrypted = (changes: Partial<Encryption> = {}, key?: Certified): Changes => ({
  encrypted: (assertion) => encryptAssertion(assertion, (key ?? own).publicKey, changes),
})

const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'
const xmlenc11 = 'http://www.w3.org/2009/xmlenc11#'
const digestOf = (name: string) => `<ds:DigestMethod Algorithm="${name}"/>`
const maskOf = (name: string) => `<x:MGF xmlns:x="${xmlenc11}" Algorithm="${xmlenc11}${name}"/>`
const oaep11 = `${xmlenc11}rsa-oaep`

test.each<[string, Partial<Encryption>]>([
  ['AES-256 and the first RSA-OAEP', {}],
  ['AES-128', { content: `${xmlenc11}aes128-gcm` }],
  ['AES-192', { content: `${xmlenc11}aes192-gcm` }],
  ['SHA-1 by name', { method: digestOf('http://www.w3.org/2000/09/xmldsig#sha1') }],
  ['the RSA-OAEP of XML Encryption 1.1', { transport: oaep11 }],
  [
    'SHA-256',
    { transport: oaep11, oaepHash: 'sha256', method: digestOf(`${xmlenc}sha256`) + maskOf('mgf1sha256') },
  ],
  [
    'SHA-512',
    { transport: oaep11, oaepHash: 'sha512', method: digestOf(`${xmlenc}sha512`) + maskOf('mgf1sha512') },
  ],
  ['a label', { label: Buffer.from('x'), method: '<xenc:OAEPparams>eA==</xenc:OAEPparams>' }],
])('decrypts assertions with %s, signed inside or outside', (_, changes) => {
  for (const signed of ['assertion', 'response'] as const) {
    expect(
      check({ signed, ...encrypted(changes) }, true, undefined, { isEncryptionRequired: true }).nameId.value,
    ).toBe('ann-1')
  }
})

test('decrypts with each key of the service provider, as after a rotation', () => {
  expect(check(encrypted({}, other)).nameId.value).toBe('ann-1')
})

const flip = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return bytes.toString('base64')
}
const alterValue = (place: number, change: (value: string) => string) => (xml: string) => {
  let at = 0
  return xml.replace(/(?<=<xenc:CipherValue>)[^<]*/g, (value) => (at++ === place ? change(value) : value))
}

test.each<[string, () => Changes]>([
  ['another key', () => encrypted({}, rsa)],
  ['an altered key', () => ({ ...encrypted(), altered: alterValue(0, flip) })],
  ['no key', () => ({ ...encrypted(), altered: alterValue(0, () => '') })],
  ['an altered tag', () => ({ ...encrypted(), altered: alterValue(1, flip) })],
  ['a short tag', () => ({ ...encrypted(), altered: alterValue(1, (value) => value.slice(0, -4)) })],
  ['no content', () => ({ ...encrypted(), altered: alterValue(1, () => '') })],
  [
    'a key for another length',
    () => ({ ...encrypted(), altered: (xml) => xml.replace('aes256-gcm', 'aes128-gcm') }),
  ],
  ['another label', () => encrypted({ label: Buffer.from('x') })],
  ['another hash', () => encrypted({ oaepHash: 'sha256' })],
])('an assertion with %s fails like any other that can’t be decrypted', (_, changes) => {
  expect(() => check(changes())).toThrow(/^the assertion cannot be decrypted$/)
})

test.each<[string, Partial<Encryption>, string]>([
  ['CBC', { content: `${xmlenc}aes256-cbc` }, `algorithm ${xmlenc}aes256-cbc isn't supported`],
  ['an unknown content algorithm', { content: 'constructor' }, "algorithm constructor isn't supported"],
  ['PKCS #1 1.5', { transport: `${xmlenc}rsa-1_5` }, `algorithm ${xmlenc}rsa-1_5 isn't supported`],
  ['an unknown digest', { method: digestOf('urn:md5') }, "algorithm urn:md5 isn't supported"],
  ['two digests', { method: digestOf(`${xmlenc}sha256`) }, 'digest sha256 and the mask MGF1 with sha1'],
  [
    'a mask with another digest',
    { transport: oaep11, method: maskOf('mgf1sha512') },
    'digest sha1 and the mask MGF1 with sha512',
  ],
])('rejects assertions encrypted with %s by its name', (_, changes, reason) => {
  expect(() => check(encrypted(changes))).toThrow(reason)
})

test.each<[string, (xml: string) => string, string]>([
  [
    'two keys',
    (xml) => xml.replace(/<xenc:EncryptedKey>.*<\/xenc:EncryptedKey>/s, '$&$&'),
    'exactly one EncryptedKey',
  ],
  [
    'no key',
    (xml) => xml.replace(/<xenc:EncryptedKey>.*<\/xenc:EncryptedKey>/s, ''),
    'exactly one EncryptedKey',
  ],
  [
    'two contents',
    (xml) => xml.replace(/<xenc:EncryptedData>.*<\/xenc:EncryptedData>/s, '$&$&'),
    'exactly one EncryptedData',
  ],
  [
    'two encrypted assertions',
    (xml) => xml.replace(/<saml:EncryptedAssertion .*<\/saml:EncryptedAssertion>/s, '$&$&'),
    'multiple assertions',
  ],
])('rejects %s', (_, altered, reason) => {
  expect(() => check({ ...encrypted(), altered })).toThrow(reason)
})

test('an encrypted assertion must be signed, inside or outside, and be one', () => {
  expect(() => check({ signed: 'nothing', ...encrypted() })).toThrow(
    'neither the response nor its assertion is signed',
  )
  const text = (xml: string) => encryptAssertion(xml, own.publicKey)
  expect(() => check({ encrypted: () => text('<a/>') })).toThrow('no assertion')
  const altered = (xml: string) => text(xml.replace('>ann-1<', '>ben-1<'))
  expect(() => check({ encrypted: altered })).toThrow('signature of Assertion is invalid')
  const weak = (xml: string) => text(xml.replace(`${more}rsa-sha256`, `${more}rsa-md5`))
  expect(() => check({ encrypted: weak })).toThrow('rsa-md5')
})

test('a plain assertion is rejected if the service provider requires encryption', () => {
  for (const signed of ['assertion', 'response'] as const) {
    expect(() => check({ signed }, true, undefined, { isEncryptionRequired: true })).toThrow(
      'the assertion is not encrypted',
    )
  }
})

test('a response that nobody asked for counts where sign-in may start at the provider, and answers no request', () => {
  const startedThere = (changes: Changes) => check(changes, true, undefined, { mayStartThere: true })
  expect(startedThere(drafted(/ InResponseTo="_1"/g, '')).inResponseTo).toBe('')
  expect(() => startedThere(drafted(/(Recipient="[^"]*") InResponseTo="_1"/, '$1'))).toThrow(
    'different requests',
  )
})

test.each([
  ['an assertion', { assertion: true, response: false }, 'assertion', 'the assertion is not signed itself'],
  ['a response', { assertion: false, response: true }, 'response', 'the response is not signed'],
] as const)('%s must be signed itself if the service provider says so', (_, mustSign, signed, problem) => {
  const checked = (changes: Changes) => check(changes, true, undefined, { mustSign })
  expect(checked({ signed }).nameId.value).toBe('ann-1')
  const other = signed === 'response' ? 'assertion' : 'response'
  expect(() => checked({ signed: other })).toThrow(problem)
  expect(() => checked({ signed: 'nothing' })).toThrow('signed')
})

test('an encrypted assertion must be signed itself if the service provider says so', () => {
  const encrypted = (assertion: string) => encryptAssertion(assertion, own.publicKey)
  const mustSign = { assertion: true, response: false }
  const checked = (signed: SamlContent['signed']) =>
    check({ encrypted, signed }, true, undefined, { mustSign })
  expect(checked('assertion').nameId.value).toBe('ann-1')
  expect(() => checked('response')).toThrow('the assertion is not signed itself')
})

test('both signatures of a response count if the service provider requires them', () => {
  const mustSign = { assertion: true, response: true }
  expect(check({ signed: 'both' }, true, undefined, { mustSign }).nameId.value).toBe('ann-1')
  const encrypted = (xml: string) => xml.replace(/(SignatureValue>)..../, '$1AAAA')
  expect(check({ signed: 'both', encrypted }).nameId.value).toBe('ann-1')
  expect(() => check({ signed: 'both', encrypted }, true, undefined, { mustSign })).toThrow('signature')
})
