import type { X509Certificate } from 'node:crypto'
import type { CertificateChecks } from '../../nodes/ports/certificate-port.ts'
import { decoded, x509 } from './x509.ts'

/** Gets a file. @throws Error if there is no answer in time, the address is not allowed, or the file is too large */
export type FetchFile = (url: string) => Promise<{ status: number; bytes: Buffer }>

/** How long a list is kept if it doesn't end before. */
const longestMs = 60 * 60_000
const maxKept = 20
/** Addresses of one certificate that are tried. */
const maxAddresses = 2
/** Allowed clock skew of an issuer. */
const skewMs = 5 * 60_000

type Revocation = NonNullable<CertificateChecks['revocation']>
/** A verified list. `end`: epoch milliseconds. */
type List = { serialNumbers: ReadonlySet<string>; end: number }
type Kept = { list: List; until: number }

/**
 * Revocation lists that certificates name. Source: RFC 5280, section 5 and 6.3. Partial lists (delta, indirect, or with an issuing
 * distribution point) are refused, because another part could be sent in their place.
 */
export class RevocationLists {
  readonly #fetch: FetchFile
  readonly #kept = new Map<string, Kept>()
  /** Lists that are being read, so that concurrent sign-ins read and parse each only once. */
  readonly #reading = new Map<string, Promise<List>>()

  constructor(fetch: FetchFile) {
    this.#fetch = fetch
  }

  /** @throws Error with the reason why it is not known. */
  async isRevoked(
    certificate: X509Certificate,
    issuer: X509Certificate,
    revocation: Revocation,
    now: number,
  ): Promise<boolean> {
    const { serialNumber } = await decoded(certificate)
    let problem: unknown = new Error('the certificate names no revocation list that can be read')
    for (const url of await addressesIn(certificate)) {
      try {
        const list = await this.#listOf(withParameters(url, revocation), issuer, revocation, now)
        return list.serialNumbers.has(comparable(serialNumber))
      } catch (error) {
        problem = error
      }
    }
    throw problem
  }

  async #listOf(url: string, issuer: X509Certificate, { isCached }: Revocation, now: number): Promise<List> {
    const key = `${issuer.fingerprint256} ${url}`
    const kept = this.#kept.get(key)
    if (isCached && kept !== undefined && now < kept.until) return kept.list
    this.#kept.delete(key)
    const list = await this.#read(key, url, issuer, now)
    if (isCached) {
      const [oldest] = this.#kept.keys()
      if (this.#kept.size >= maxKept && oldest !== undefined) this.#kept.delete(oldest)
      this.#kept.set(key, { list, until: Math.min(list.end, now + longestMs) })
    }
    return list
  }

  #read(key: string, url: string, issuer: X509Certificate, now: number): Promise<List> {
    const running = this.#reading.get(key)
    if (running !== undefined) return running
    const reading = this.#fetch(url)
      .then(({ status, bytes }) => {
        if (status !== 200) throw new Error(`the revocation list was answered with ${status}`)
        return verifiedList(bytes, issuer, now)
      })
      .finally(() => this.#reading.delete(key))
    this.#reading.set(key, reading)
    return reading
  }
}

async function verifiedList(bytes: Buffer, issuer: X509Certificate, now: number): Promise<List> {
  const { KeyUsageFlags, KeyUsagesExtension, X509Crl } = await x509()
  const signer = await decoded(issuer)
  const list = new X509Crl(new Uint8Array(bytes))
  if (list.issuer !== signer.subject) throw new Error('the revocation list is of another issuer')
  const usages = signer.getExtension(KeyUsagesExtension)?.usages ?? KeyUsageFlags.cRLSign
  if ((usages & KeyUsageFlags.cRLSign) === 0) throw new Error('the issuer may not sign revocation lists')
  // rule S39: otherwise anybody can sign a revocation list
  if (!(await list.verify({ publicKey: signer }))) {
    throw new Error('the signature of the revocation list is wrong')
  }
  const isPartial = list.extensions.some(({ type, critical }) => critical || type === '2.5.29.28')
  // rule S39: otherwise a part of a list stands for all of it
  if (isPartial) throw new Error('the revocation list is partial')
  const end = list.nextUpdate?.getTime() ?? 0
  // rule S39: otherwise an old revocation list counts
  if (list.thisUpdate.getTime() > now + skewMs || now > end) {
    throw new Error('the revocation list is not valid at this time')
  }
  return {
    // rule S39: otherwise a revoked number in another encoding counts as not revoked
    serialNumbers: new Set(list.entries.map(({ serialNumber }) => comparable(serialNumber))),
    end,
  }
}

/**
 * A serial number without octets that don't change its value, in hexadecimal. Authorities also write negative and padded numbers, in
 * the list maybe otherwise than in the certificate. Where two numbers could be meant, both count as revoked.
 */
function comparable(serialNumber: string): string {
  return serialNumber
    .toLowerCase()
    .replace(/^(?:00)+(?=..)/, '')
    .replace(/^(?:ff)+(?=[89a-f].)/, '')
}

/** HTTP addresses of complete lists that the issuer itself signs. */
async function addressesIn(certificate: X509Certificate): Promise<string[]> {
  const { CRLDistributionPointsExtension } = await x509()
  const points = (await decoded(certificate)).getExtension(CRLDistributionPointsExtension)
  return (points?.distributionPoints ?? [])
    .filter(({ reasons, cRLIssuer }) => reasons === undefined && cRLIssuer === undefined)
    .flatMap(({ distributionPoint }) => distributionPoint?.fullName ?? [])
    .flatMap(({ uniformResourceIdentifier: url = '' }) => (/^https?:\/\//i.test(url) ? [url] : []))
    .slice(0, maxAddresses)
}

function withParameters(address: string, { parameters }: Revocation): string {
  const url = new URL(address)
  for (const pair of parameters.split(',')) {
    const [, name = '', value = ''] = /^\s*([^=]+)=(.*)$/.exec(pair) ?? []
    if (name !== '') url.searchParams.append(name, value.trim())
  }
  return url.href
}
