import type { SamlStart } from '../../../nodes/ports/outside-ports.ts'
import { saml } from './bindings.ts'
import { messageXml } from './message.ts'
import type { IdpMetadata } from './metadata.ts'
import type { SpKey } from './sp-keys.ts'
import { type Transport, transportOf } from './transport.ts'
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
  /** Signs the request, if given. */
  key: SpKey | undefined
}

/**
 * Builds an authentication request, for delivery by the browser. Sources: "Assertions and Protocols for SAML 2.0",
 * 3.4.1.
 * @throws Error if the identity provider doesn't support the node's binding.
 */
export function authnRequest(idp: IdpMetadata, request: Request): Transport {
  const binding = request.requestBinding === 'HTTP_POST' ? saml.post : saml.redirect
  const url = idp.signOn[binding]
  if (url === undefined) throw new Error(`'${idp.entityId}' accepts no requests by ${binding}`)
  const message = { name: 'SAMLRequest', xml: xmlOf(url, request), relayState: request.relayState } as const
  return transportOf(binding, url, message, request.key)
}

function xmlOf(destination: string, request: Request): string {
  const { id, issuer, consumer, now, forceAuthn, isPassive, nameIdFormat, allowCreate } = request
  const policy = xmlAttributes({
    Format: nameIdFormat || undefined,
    SPNameQualifier: issuer,
    AllowCreate: String(allowCreate),
  })
  return messageXml(
    { name: 'AuthnRequest', id, issuer, destination, now },
    {
      ForceAuthn: String(forceAuthn),
      IsPassive: String(isPassive),
      ProtocolBinding: request.binding === 'HTTP_POST' ? saml.post : saml.artifact,
      AssertionConsumerServiceURL: consumer,
    },
    [`<samlp:NameIDPolicy${policy}/>`, requestedContext(request)],
  )
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
