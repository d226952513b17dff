import { deflateRawSync } from 'node:zlib'
import type { SamlStart } from '../../../nodes/ports/outside-ports.ts'
import { saml } from './bindings.ts'
import type { IdpMetadata } from './metadata.ts'
import { xmlAttributes, xmlText } from './xml.ts'

type Request = SamlStart & {
  /** The request id, which the response must repeat. */
  id: string
  /** The requesting entity. */
  issuer: string
  consumer: string
  /** Epoch milliseconds. */
  now: number
  relayState: string | undefined
}

/** How the browser sends the request. */
export type Transport = { url: string; method: 'GET' | 'POST'; data?: Record<string, string> }

/**
 * Builds an unsigned authentication request, for delivery by the browser. Sources: "Assertions and Protocols for SAML 2.0",
 * 3.4.1, and "Bindings for SAML 2.0", 3.4 and 3.5.
 * @throws Error if the identity provider requires signed requests or doesn't support the node's binding.
 */
export function authnRequest(idp: IdpMetadata, request: Request): Transport {
  if (idp.wantsSignedRequests)
    throw new Error(`'${idp.entityId}' requires signed requests, which are not supported`)
  const binding = request.requestBinding === 'HTTP_POST' ? saml.post : saml.redirect
  const url = idp.signOn[binding]
  if (url === undefined) throw new Error(`'${idp.entityId}' accepts no requests by ${binding}`)
  const xml = xmlOf(url, request)
  const relayState = request.relayState === undefined ? {} : { RelayState: request.relayState }
  if (binding === saml.post) {
    return { url, method: 'POST', data: { SAMLRequest: Buffer.from(xml).toString('base64'), ...relayState } }
  }
  const target = new URL(url)
  target.searchParams.set('SAMLRequest', deflateRawSync(xml).toString('base64'))
  for (const [name, value] of Object.entries(relayState)) target.searchParams.set(name, value)
  return { url: target.href, method: 'GET' }
}

function xmlOf(destination: string, request: Request): string {
  const { id, issuer, consumer, now, forceAuthn, isPassive, nameIdFormat, allowCreate } = request
  const attributes = xmlAttributes({
    'xmlns:samlp': saml.protocol,
    'xmlns:saml': saml.assertion,
    ID: id,
    Version: '2.0',
    IssueInstant: new Date(now).toISOString(),
    Destination: destination,
    ForceAuthn: String(forceAuthn),
    IsPassive: String(isPassive),
    ProtocolBinding: request.binding === 'HTTP_POST' ? saml.post : saml.artifact,
    AssertionConsumerServiceURL: consumer,
  })
  const policy = xmlAttributes({
    Format: nameIdFormat || undefined,
    SPNameQualifier: issuer,
    AllowCreate: String(allowCreate),
  })
  return [
    `<samlp:AuthnRequest${attributes}>`,
    `<saml:Issuer>${xmlText(issuer)}</saml:Issuer>`,
    `<samlp:NameIDPolicy${policy}/>`,
    requestedContext(request),
    '</samlp:AuthnRequest>',
  ].join('')
}

/** Sends classes or declarations, never both: the schema allows only one of them. */
function requestedContext({ authComparison, classes, declarations }: Request): string {
  const references = [
    ...classes.map((one) => `<saml:AuthnContextClassRef>${xmlText(one)}</saml:AuthnContextClassRef>`),
    ...(classes.length > 0 ? [] : declarations).map(
      (one) => `<saml:AuthnContextDeclRef>${xmlText(one)}</saml:AuthnContextDeclRef>`,
    ),
  ]
  if (references.length === 0) return ''
  const comparison = authComparison.toLowerCase()
  return `<samlp:RequestedAuthnContext Comparison="${comparison}">${references.join('')}</samlp:RequestedAuthnContext>`
}
