import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { SamlStart } from '../../../nodes/ports/outside-ports.ts'
import { authnRequest } from './authn-request.ts'
import { saml } from './bindings.ts'
import type { IdpMetadata } from './metadata.ts'
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

const send = (changes: Partial<SamlStart> = {}, relayState?: string, to = idp) =>
  authnRequest(to, {
    ...settings,
    ...changes,
    id: '_1',
    issuer: 'https://sp.example.com/?a=1&b="2"',
    consumer: 'https://sso.example.com/am/AuthConsumer/metaAlias/sp',
    now: 0,
    relayState,
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

test('rejects requests that the identity provider does not support', () => {
  expect(() => send({}, undefined, { ...idp, wantsSignedRequests: true })).toThrow('signed requests')
  expect(() => send({}, undefined, { ...idp, signOn: {} })).toThrow('accepts no requests')
})
