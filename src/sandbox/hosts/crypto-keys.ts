import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, webcrypto } from 'node:crypto'
import { jsonObjectSchema } from '../../base/json.ts'
import { HostCallError } from '../script-engine.ts'

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
  // The measured numbers are the used ones: other encodings can have more primes.
  const jwk = object.export({ format: 'jwk' })
  refuseLargeKey(jwk)
  return subtle.importKey('jwk', jwk, { name, hash, namedCurve }, false, [use])
}

/** Maximum of each number of a key. An operation with the private key takes some milliseconds; its time grows with the cube. */
const maxKeyBits = 4096

/**
 * Primes and exponents count as well: they need not fit the modulus.
 * @throws HostCallError for a key that would take long.
 */
export function refuseLargeKey(jwk: object): void {
  // rule S50: otherwise a small modulus hides large primes
  for (const name of ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']) {
    const number: unknown = Reflect.get(jwk, name)
    if (typeof number !== 'string') continue
    const bytes = Buffer.from(number, 'base64url')
    // rule S50: otherwise keys of scripts have any size
    if (bytes.subarray(bytes.findIndex((byte) => byte !== 0)).length * 8 > maxKeyBits) {
      throw new HostCallError(`RSA keys of scripts may have at most ${maxKeyBits} bits`, 400)
    }
  }
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
  if (key[0] !== 0x7b) return undefined
  const jwk = jsonObjectSchema.parse(JSON.parse(key.toString('utf8')))
  refuseLargeKey(jwk)
  return jwk
}
