import 'reflect-metadata'
import { type KeyObject, KeyObject as Keys, webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  X509Certificate,
  type X509CertificateCreateParams,
  X509CertificateGenerator,
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
    subject: name,
    issuer: issuer?.certificate.subject ?? name,
    notBefore: options.notBefore ?? new Date(Date.now() - 60_000),
    notAfter: options.notAfter ?? new Date(Date.now() + 3_600_000),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: issuer?.certificate.publicKey.algorithm.name === 'ECDSA' ? algorithms.ec : algorithm,
    extensions: [new BasicConstraintsExtension(isAuthority, undefined, true)],
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
