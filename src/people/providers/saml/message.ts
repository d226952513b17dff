import { randomToken } from '../../../secrets/digest.ts'
import { saml } from './bindings.ts'
import { xmlAttributes, xmlText } from './xml.ts'

type Message = {
  name: 'AuthnRequest' | 'ArtifactResolve' | 'LogoutRequest' | 'LogoutResponse'
  /** A random one if not given. */
  id?: string
  /** The sending entity. */
  issuer: string
  destination: string
  /** Epoch milliseconds. */
  now: number
}

/**
 * A message of the SAML protocol as XML. Source: "Assertions and Protocols for SAML 2.0", 3.2.
 * @param more attributes after those of every message.
 * @param content elements after the issuer, as XML.
 */
export function messageXml(
  { name, id = `_${randomToken()}`, issuer, destination, now }: Message,
  more: Readonly<Record<string, string | undefined>>,
  content: readonly string[],
): string {
  const attributes = xmlAttributes({
    'xmlns:samlp': saml.protocol,
    'xmlns:saml': saml.assertion,
    ID: id,
    Version: '2.0',
    IssueInstant: new Date(now).toISOString(),
    Destination: destination,
    ...more,
  })
  return `<samlp:${name}${attributes}><saml:Issuer>${xmlText(issuer)}</saml:Issuer>${content.join('')}</samlp:${name}>`
}
