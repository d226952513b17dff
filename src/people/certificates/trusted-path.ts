import type { X509Certificate } from 'node:crypto'
import { decoded, x509 } from './x509.ts'

/** Maximum number of certificates between a person and a trusted issuer. */
const maxIssuers = 4

/** Critical extensions that are checked here, by Node, or that allow everything. Source: RFC 5280, section 4.2. */
const understood: ReadonlySet<string> = new Set([
  '2.5.29.14', // subject key identifier
  '2.5.29.15', // key usage
  '2.5.29.17', // subject alternative name
  '2.5.29.19', // basic constraints
  '2.5.29.31', // CRL distribution points
  '2.5.29.32', // certificate policies
  '2.5.29.35', // authority key identifier
  '2.5.29.37', // extended key usage
])
const nameConstraints = '2.5.29.30'

const clientPurposes: readonly string[] = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0']
const strongHashes: ReadonlySet<string> = new Set(['SHA-256', 'SHA-384', 'SHA-512'])
const withoutHash: ReadonlySet<string> = new Set(['Ed25519', 'Ed448'])

/**
 * Finds the path from a person's certificate to a trusted one, which can be the certificate itself. Source: RFC 5280, section 6,
 * without policies. Certificates with name constraints are refused.
 *
 * @param chain the person's own certificate first
 * @param now epoch milliseconds. The person's own certificate is not compared with it
 * @returns the path, the trusted certificate last
 * @throws Error with the reason why there is none
 */
export async function trustedPath(
  chain: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  now: number,
): Promise<readonly X509Certificate[]> {
  const [own, ...others] = chain
  if (own === undefined) throw new Error('there is no certificate')
  const path = issuersOf(
    own,
    others.filter((each) => isInTime(each, now)),
    trusted.filter((each) => isInTime(each, now)),
  )
  if (own.keyUsage !== undefined && !own.keyUsage.some((each) => clientPurposes.includes(each))) {
    throw new Error('the certificate is not for clients')
  }
  for (const [place, each] of path.entries()) await requireUsable(each, place, path.length)
  return path
}

function issuersOf(
  own: X509Certificate,
  others: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
): X509Certificate[] {
  const path = [own]
  if (trusted.some(({ raw }) => raw.equals(own.raw))) return path
  for (let current = own; path.length <= maxIssuers; ) {
    const anchor = trusted.find((each) => isIssuedBy(current, each))
    if (anchor !== undefined) return [...path, anchor]
    const next = others.find((each) => !path.includes(each) && isIssuedBy(current, each))
    if (next === undefined) break
    path.push(next)
    current = next
  }
  throw new Error('the certificate was not issued by a trusted authority')
}

/** `checkIssued` also requires that the issuer's key may sign certificates. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  // rule S39: otherwise anybody can issue, or a signature of an issuer is not checked
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

export function isInTime({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return now >= validFromDate.getTime() && now <= validToDate.getTime()
}

/** @param place in the path, 0 for the person's own certificate */
async function requireUsable(certificate: X509Certificate, place: number, length: number): Promise<void> {
  const { BasicConstraintsExtension } = await x509()
  const { extensions, signatureAlgorithm, ...read } = await partsOf(certificate)
  // rule S39: otherwise rules that are not understood are ignored
  const strange = extensions.find(
    ({ type, critical }) => type === nameConstraints || (critical && !understood.has(type)),
  )
  if (strange !== undefined) throw new Error(`the extension ${strange.type} is not supported`)
  const limit = read.decoded.getExtension(BasicConstraintsExtension)?.pathLength
  if (limit !== undefined && place - 1 > limit) throw new Error('the path is longer than its issuer allows')
  const { modulusLength = 2048 } = certificate.publicKey.asymmetricKeyDetails ?? {}
  if (modulusLength < 2048) throw new Error('a key is shorter than 2048 bits')
  // The signature of the trusted certificate itself doesn't matter.
  if (place === length - 1) return
  const { name, hash } = signatureAlgorithm
  if (!withoutHash.has(name) && !strongHashes.has(hash?.name ?? ''))
    throw new Error('a signature is too weak')
}

async function partsOf(certificate: X509Certificate) {
  const read = await decoded(certificate)
  return { decoded: read, extensions: read.extensions, signatureAlgorithm: read.signatureAlgorithm }
}
