import { sign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { saml } from './bindings.ts'
import type { SpKey } from './sp-keys.ts'

/** A message for another entity. */
export type Message = {
  name: 'SAMLRequest' | 'SAMLResponse'
  /** With an `Issuer` as its first element. */
  xml: string
  relayState: string | undefined
}

/** How the browser sends a message. */
export type Transport = { url: string; method: 'GET' | 'POST'; data?: Record<string, string> }

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/**
 * Delivers a message by HTTP-Redirect or HTTP-POST, signed if there is a key. Source: "Bindings for SAML 2.0", 3.4.4.1 and 3.5.
 */
export function transportOf(binding: string, url: string, message: Message, key?: SpKey): Transport {
  const relayState = message.relayState === undefined ? {} : { RelayState: message.relayState }
  if (binding === saml.post) {
    const xml = key === undefined ? message.xml : signedXml(message.xml, key)
    const data = { [message.name]: Buffer.from(xml).toString('base64'), ...relayState }
    return { url, method: 'POST', data }
  }
  const target = new URL(url)
  const packed = { [message.name]: deflateRawSync(message.xml).toString('base64'), ...relayState }
  const query = queryOf(key === undefined ? packed : { ...packed, SigAlg: rsaSha256 })
  const signature =
    key === undefined
      ? ''
      : `&${queryOf({ Signature: sign('sha256', Buffer.from(query), key.privateKey).toString('base64') })}`
  target.search = [...(target.search === '' ? [] : [target.search]), query + signature].join('&')
  return { url: target.href, method: 'GET' }
}

/** The signature covers the encoded text. URLs would encode apostrophes afterwards. */
function queryOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("'", '%27')}`)
    .join('&')
}

function signedXml(xml: string, { privateKey, certificate }: SpKey): string {
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
  const signature = new SignedXml({
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicCert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive,
  })
  signature.addReference({
    xpath: '/*',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signature.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: '/*/*[local-name()="Issuer"]', action: 'after' },
  })
  return signature.getSignedXml()
}
