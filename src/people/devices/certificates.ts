import { type KeyObject, X509Certificate } from 'node:crypto'

/** Maximum length of a certificate chain. */
const maxChain = 5

/**
 * Validates a certificate chain and returns the certified key. Source: RFC 5280, section 6, without name constraints,
 * policies and revocation lists.
 *
 * @param chain base64-encoded DER, the device's own certificate first, as in `x5c` of RFC 7517.
 * @param anchors trusted certificates in PEM.
 * @param now epoch milliseconds
 * @returns the key, and the subject's names by type, such as `CN`.
 * @throws Error with the reason why the chain is not trusted.
 */
export function certifiedKey(
  chain: readonly string[],
  anchors: string,
  now: number,
): { key: KeyObject; names: ReadonlyMap<string, string> } {
  const [device, ...others] = chain.map((der) => new X509Certificate(Buffer.from(der, 'base64')))
  if (device === undefined) throw new Error('there is no certificate')
  const trusted = certificatesIn(anchors)
  if (trusted.length === 0) throw new Error('no trusted certificates are configured')
  requireInTime(device, now)
  follow(device, others, trusted, now)
  return { key: device.publicKey, names: namesOf(device.subject) }
}

/** Follows issuers from the device's certificate to a trusted one. */
function follow(
  device: X509Certificate,
  others: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  now: number,
): void {
  let current = device
  for (let length = 0; length < maxChain; length++) {
    const anchor = trusted.find((each) => isIssuedBy(current, each))
    if (anchor !== undefined) {
      requireInTime(anchor, now)
      return
    }
    const next = others.find((each) => each !== current && isIssuedBy(current, each))
    if (next === undefined) break
    requireInTime(next, now)
    current = next
  }
  throw new Error('the certificate was not issued by a trusted authority')
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function requireInTime({ validFromDate, validToDate }: X509Certificate, now: number): void {
  if (now < validFromDate.getTime() || now > validToDate.getTime()) {
    throw new Error('a certificate is not valid at this time')
  }
}

function certificatesIn(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => new X509Certificate(block))
}

function namesOf(subject: string): ReadonlyMap<string, string> {
  const lines = subject.split('\n').map((line) => /^([^=]+)=(.*)$/.exec(line))
  return new Map(lines.flatMap((line) => (line === null ? [] : [[line[1] ?? '', line[2] ?? '']])))
}
