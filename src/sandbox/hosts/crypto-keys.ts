import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, webcrypto } from 'node:crypto'
import { jsonObjectSchema } from '../../engine/json.ts'

const { subtle } = webcrypto

type KeyAlgorithm = { name: string; hash: string }

/** Names of curves in OpenSSL and in Web Crypto. */
const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

/** Whether the algorithm has a public and a private key. */
export function hasPair(name: string): boolean {
  return name.startsWith('RSA') || name === 'ECDSA'
}

/** Secret keys arrive raw; private and public keys as PKCS #8 and SPKI, or as a JSON Web Key. */
export function importKey(
  key: Buffer<ArrayBuffer>,
  { name, hash }: KeyAlgorithm,
  use: webcrypto.KeyUsage,
): Promise<webcrypto.CryptoKey> {
  if (!hasPair(name)) return subtle.importKey('raw', key, { name, hash }, false, [use])
  const isPrivate = use === 'sign' || use === 'decrypt'
  const object = isPrivate ? privateKeyOf(key) : publicKeyOf(key)
  const namedCurve = curves[object.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'P-256'
  const [format, type] = isPrivate ? (['pkcs8', 'pkcs8'] as const) : (['spki', 'spki'] as const)
  const der = object.export({ format: 'der', type })
  return subtle.importKey(format, der, { name, hash, namedCurve }, false, [use])
}

function privateKeyOf(key: Buffer): KeyObject {
  const jwk = jwkOf(key)
  return jwk === undefined
    ? createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    : createPrivateKey({ key: jwk, format: 'jwk' })
}

function publicKeyOf(key: Buffer): KeyObject {
  const jwk = jwkOf(key)
  return jwk === undefined
    ? createPublicKey({ key, format: 'der', type: 'spki' })
    : createPublicKey({ key: jwk, format: 'jwk' })
}

/** DER begins with a byte that isn't a brace. */
function jwkOf(key: Buffer): JsonWebKey | undefined {
  return key[0] === 0x7b ? jsonObjectSchema.parse(JSON.parse(key.toString('utf8'))) : undefined
}
