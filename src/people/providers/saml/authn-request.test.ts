import { verify } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { certify } from '../../../../test/support/certificates.ts'
import type { SamlStart } from '../../../nodes/ports/outside-ports.ts'
import { authnRequest } from './authn-request.ts'
import { saml } from './bindings.ts'
import type { IdpMetadata } from './metadata.ts'
import type { SpKey } from './sp-keys.ts'
import { parseXml } from './xml.ts'

const idp: IdpMetadata = {
  entityId: 'https://idp.example.com',
  signOn: {
    [saml.redirect]: 'https://idp.example.com/sso?tenant=1',
    [saml.post]: 'https://idp.example.com/form',
  },
  artifactResolution: [],
  certificates: ['x'],
  wantsSignedRequests: false,
}

const settings: SamlStart = {
  allowCreate: true,
  authComparison: 'MINIMUM',
  classes: [],
  declarations: [],
  requestBinding: 'HTTP_REDIRECT',
  binding: 'HTTP_POST',
  forceAuthn: false,
  isPassive: false,
  nameIdFormat: 'a format',
}

const send = (changes: Partial<SamlStart> = {}, relayState?: string, to = idp, key?: SpKey) =>
  authnRequest(to, {
    ...settings,
    ...changes,
    id: '_1',
    issuer: 'https://sp.example.com/?a=1&b="2"',
    consumer: 'https://sso.example.com/am/AuthConsumer/metaAlias/sp',
    now: 0,
    relayState,
    key,
  })

const inflated = (url: string) =>
  inflateRawSync(Buffer.from(new URL(url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString()

test('sends the request compressed in the URL and keeps the parameters of the URL', () => {
  const { url, method } = send({}, 'https://app.example.com/')
  expect(method).toBe('GET')
  const { searchParams, origin, pathname } = new URL(url)
  expect(origin + pathname).toBe('https://idp.example.com/sso')
  expect(Object.fromEntries(searchParams)).toMatchObject({
    tenant: '1',
    RelayState: 'https://app.example.com/',
  })
  expect(parseXml(inflated(url))).toEqual({
    AuthnRequest: {
      '@ID': '_1',
      '@Version': '2.0',
      '@IssueInstant': '1970-01-01T00:00:00.000Z',
      '@Destination': 'https://idp.example.com/sso?tenant=1',
      '@ForceAuthn': 'false',
      '@IsPassive': 'false',
      '@ProtocolBinding': saml.post,
      '@AssertionConsumerServiceURL': 'https://sso.example.com/am/AuthConsumer/metaAlias/sp',
      Issuer: 'https://sp.example.com/?a=1&b="2"',
      NameIDPolicy: {
        '@Format': 'a format',
        '@SPNameQualifier': 'https://sp.example.com/?a=1&b="2"',
        '@AllowCreate': 'true',
      },
    },
  })
})

test('sends the request uncompressed in a form', () => {
  const { url, method, data } = send({ requestBinding: 'HTTP_POST' })
  expect([url, method]).toEqual(['https://idp.example.com/form', 'POST'])
  expect(Object.keys(data ?? {})).toEqual(['SAMLRequest'])
  const xml = Buffer.from(data?.SAMLRequest ?? '', 'base64').toString()
  expect(xml).toContain('Destination="https://idp.example.com/form"')
})

test('follows the settings of the node', () => {
  const { url } = send({ binding: 'HTTP_ARTIFACT', forceAuthn: true, isPassive: true, allowCreate: false })
  expect(inflated(url)).toMatch(/ForceAuthn="true" IsPassive="true" ProtocolBinding="[^"]*HTTP-Artifact"/)
  expect(inflated(url)).toContain('AllowCreate="false"')
})

test.each([
  [
    'classes',
    { classes: ['A', 'B'], declarations: ['C'], authComparison: 'EXACT' },
    '<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>A</saml:AuthnContextClassRef><saml:AuthnContextClassRef>B</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>',
  ],
  [
    'declarations if there are no classes',
    { declarations: ['C'], authComparison: 'BETTER' },
    '<samlp:RequestedAuthnContext Comparison="better"><saml:AuthnContextDeclRef>C</saml:AuthnContextDeclRef></samlp:RequestedAuthnContext>',
  ],
] as const)('requests authentication contexts by %s', (_, changes, expected) => {
  expect(inflated(send(changes).url)).toContain(expected)
})

test('signs the query of a redirect, as it is sent', async () => {
  const key = await certify('CN=sp')
  const { url } = send({}, "https://app.example.com/o'hara", idp, { ...key, certificate: key.base64 })
  const [query = '', signature = ''] = new URL(url).search.slice('?tenant=1&'.length).split('&Signature=')
  expect(query.split('&').map((each) => each.split('=')[0])).toEqual(['SAMLRequest', 'RelayState', 'SigAlg'])
  const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
  expect(verify('sha256', Buffer.from(query), key.publicKey, bytes)).toBe(true)
  expect(inflated(url)).not.toContain('Signature')
})

test('signs the XML of a form, after its issuer', async () => {
  const key = await certify('CN=sp')
  const { data } = send({ requestBinding: 'HTTP_POST' }, undefined, idp, { ...key, certificate: key.base64 })
  const xml = Buffer.from(data?.SAMLRequest ?? '', 'base64').toString()
  expect(xml).toContain('</saml:Issuer><ds:Signature')
  expect(xml).toContain(key.base64)
  const signature = new SignedXml({ publicCert: key.pem })
  signature.loadSignature(/<ds:Signature.*<\/ds:Signature>/s.exec(xml)?.[0] ?? '')
  expect(signature.checkSignature(xml)).toBe(true)
  expect(signature.getSignedReferences()[0]).toContain('ID="_1"')
})

test('rejects requests that the identity provider does not support', () => {
  expect(() => send({}, undefined, { ...idp, signOn: {} })).toThrow('accepts no requests')
})
