import 'reflect-metadata'
import { type KeyObject, KeyObject as Keys, sign, webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  type Extension,
  X509Certificate,
  type X509CertificateCreateParams,
  X509CertificateGenerator,
  type X509CrlCreateParams,
  X509CrlGenerator,
} from '@peculiar/x509'

const algorithms = {
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  },
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const

/** A certificate with its key, valid for an hour by default. */
export type Certified = {
  keys: webcrypto.CryptoKeyPair
  privateKey: KeyObject
  publicKey: KeyObject
  certificate: X509Certificate
  pem: string
  /** The certificate as in `x5c` and SAML metadata. */
  base64: string
}

type CertificateOptions = {
  kind?: keyof typeof algorithms
  /** The issuer. Default: self-signed. */
  issuer?: Certified
  isAuthority?: boolean
  notBefore?: Date
  notAfter?: Date
  keys?: webcrypto.CryptoKeyPair
  /** Besides the basic constraints. */
  extensions?: readonly Extension[]
  /** How many authorities may stand between this one and others. */
  pathLength?: number
  serialNumber?: string
}

/** @param name for example `CN=idp` */
export async function certify(name: string, options: CertificateOptions = {}): Promise<Certified> {
  const { kind = 'rsa', issuer, isAuthority = issuer === undefined } = options
  const algorithm = algorithms[kind]
  // `generateKey` returns a pair for these algorithms.
  const keys =
    options.keys ??
    ((await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair)
  const content = {
    ...(options.serialNumber === undefined ? {} : { serialNumber: options.serialNumber }),
    subject: name,
    issuer: issuer?.certificate.subject ?? name,
    notBefore: options.notBefore ?? new Date(Date.now() - 60_000),
    notAfter: options.notAfter ?? new Date(Date.now() + 3_600_000),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: issuer?.certificate.publicKey.algorithm.name === 'ECDSA' ? algorithms.ec : algorithm,
    extensions: [
      new BasicConstraintsExtension(isAuthority, options.pathLength, true),
      ...(options.extensions ?? []),
    ],
  }
  // Its own types require mutable arrays.
  const certificate = await X509CertificateGenerator.create(content as X509CertificateCreateParams)
  return {
    keys,
    privateKey: Keys.from(keys.privateKey),
    publicKey: Keys.from(keys.publicKey),
    certificate: new X509Certificate(certificate.rawData),
    pem: certificate.toString('pem'),
    base64: Buffer.from(certificate.rawData).toString('base64'),
  }
}

type ListOptions = {
  thisUpdate?: Date
  nextUpdate?: Date
  extensions?: Extension[]
  signer?: Certified
  /** Octets of integers in hexadecimal, in any encoding, in place of the serial numbers. Their issuer signs. */
  rawSerialNumbers?: readonly string[]
}

/** A revocation list in DER. @param signer signs in the name of the issuer. Default: the issuer */
export async function revocationList(
  issuer: Certified,
  serialNumbers: readonly string[],
  options: ListOptions = {},
): Promise<Buffer> {
  const {
    thisUpdate = new Date(Date.now() - 60_000),
    nextUpdate = new Date(Date.now() + 3_600_000),
    extensions = [],
    signer = issuer,
    rawSerialNumbers = [],
  } = options
  const content = {
    issuer: issuer.certificate.subject,
    thisUpdate,
    nextUpdate,
    extensions,
    entries: [...serialNumbers, ...rawSerialNumbers.map((_, place) => `${20 + place}`)].map(
      (serialNumber) => ({ serialNumber, revocationDate: thisUpdate }),
    ),
    signingAlgorithm:
      signer.certificate.publicKey.algorithm.name === 'ECDSA' ? algorithms.ec : algorithms.rsa,
    signingKey: signer.keys.privateKey,
  }
  // Its own types know fewer usages of keys.
  const list = await X509CrlGenerator.create(content as X509CrlCreateParams)
  const der = Buffer.from(list.rawData)
  if (rawSerialNumbers.length === 0) return der
  return resigned(der, issuer, (tbs) => {
    const entries = inside(tbs[5] ?? Buffer.of()).map((entry, place) => {
      const [, ...rest] = inside(entry)
      return element(0x30, integer(rawSerialNumbers[place] ?? ''), ...rest)
    })
    return [...tbs.slice(0, 5), element(0x30, ...entries), ...tbs.slice(6)]
  })
}

/** A certificate with a serial number as no library writes it, in PEM. @param octets of an integer in hexadecimal */
export function withSerialNumber({ certificate }: Certified, octets: string, issuer: Certified): string {
  const der = resigned(Buffer.from(certificate.rawData), issuer, ([version = Buffer.of(), , ...rest]) => [
    version,
    integer(octets),
    ...rest,
  ])
  return new X509Certificate(new Uint8Array(der)).toString('pem')
}

/** Changes the elements that are signed. Only for elliptic curves. */
function resigned(der: Buffer, issuer: Certified, change: (elements: Buffer[]) => Buffer[]): Buffer {
  const [tbs = Buffer.of(), algorithm = Buffer.of()] = inside(der)
  const changed = element(0x30, ...change(inside(tbs)))
  const signature = sign('sha256', changed, issuer.privateKey)
  return element(0x30, changed, algorithm, element(0x03, Buffer.of(0), signature))
}

const integer = (octets: string) => element(0x02, Buffer.from(octets, 'hex'))

/** An element in DER. */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const { length } = Buffer.concat(content)
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), ...content])
}

/** The elements inside an element in DER. */
function inside(der: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = headerOf(der).header; at < der.length; ) {
    const { header, length } = headerOf(der.subarray(at))
    found.push(der.subarray(at, at + header + length))
    at += header + length
  }
  return found
}

function headerOf(der: Buffer): { header: number; length: number } {
  const first = der[1] ?? 0
  const count = first < 0x80 ? 0 : first & 0x7f
  return { header: 2 + count, length: count === 0 ? first : der.readUIntBE(2, count) }
}
