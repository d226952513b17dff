import { X509Certificate } from 'node:crypto'

/** Maximum number of certificates in a chain. */
const maxChain = 5

const pemBlock = '-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----'
const pemChain = new RegExp(`^\\s*(?:${pemBlock}\\s*)+$`)

/** One field of Envoy's header. A quoted value may contain anything; other values end at a separator. */
const envoyField = /([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^",;]*))(;|$)/y

/**
 * Reads the certificates that a proxy sends in a header. Sources: `$ssl_client_escaped_cert` of nginx,
 * `x-amzn-mtls-clientcert` of AWS, `x-forwarded-client-cert` of Envoy, RFC 9440.
 * @returns the chain in PEM; undefined if the text is anything else, such as two headers joined by a comma.
 */
export function chainInHeader(header: string): string | undefined {
  const text = /^(?:By|Hash|Cert|Chain|Subject|URI|DNS)=/i.test(header) ? envoyChain(header) : header
  const decoded = text && decodedText(text.trim())
  if (!decoded) return undefined
  const blocks = pemChain.test(decoded)
    ? [...decoded.matchAll(new RegExp(pemBlock, 'g'))].map(([, base64 = '']) => base64)
    : [decoded.replace(/^:(.*):$/, '$1')]
  if (blocks.length > maxChain) return undefined
  try {
    return blocks.map((base64) => certificateOf(base64).toString()).join('')
  } catch {
    return undefined
  }
}

/**
 * `Chain` contains the client's own certificate, too. Several elements mean several proxies, of which any could be the client.
 * Envoy writes names of the certificate last and without quotes: a certificate that follows them could be part of a name that
 * the client chose.
 */
function envoyChain(header: string): string | undefined {
  const fields = new Map<string, string>()
  envoyField.lastIndex = 0
  while (envoyField.lastIndex < header.length) {
    const [, name = '', quoted, bare = ''] = envoyField.exec(header) ?? []
    const key = name.toLowerCase()
    const isCertificate = key === 'cert' || key === 'chain'
    const isRepeated = isCertificate && fields.has(key)
    const isAfterNames = isCertificate && (fields.has('uri') || fields.has('dns'))
    // rule S39: otherwise a certificate of two headers, or in a name of the client’s own certificate, is taken
    if (name === '' || isRepeated || isAfterNames) return undefined
    fields.set(key, quoted ?? bare)
  }
  return fields.get('chain') ?? fields.get('cert')
}

function decodedText(text: string): string | undefined {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text
  } catch {
    return undefined
  }
}

/** @throws Error if it is not exactly one certificate */
function certificateOf(base64: string): X509Certificate {
  const text = base64.replace(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+=*$/.test(text)) throw new Error('not base64')
  const der = Buffer.from(text, 'base64')
  const certificate = new X509Certificate(der)
  if (!certificate.raw.equals(der)) throw new Error('more than one certificate')
  return certificate
}

/** The certificates of a PEM text, without the texts around them. @throws Error for a broken one */
export function certificatesIn(pem: string): X509Certificate[] {
  return [...pem.matchAll(new RegExp(pemBlock, 'g'))].map(([, base64 = '']) => certificateOf(base64))
}
