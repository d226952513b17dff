import { createPrivateKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { type Generation, type KeyGenerations, keySchema } from '../../../secrets/key-generations.ts'
import { x509 } from '../../certificates/x509.ts'
import { entityKey } from './entities.ts'

const day = 24 * 3_600_000

/** New keys are in the metadata for this time before they sign, so that identity providers can read them. */
const announcedMs = 7 * day

/** The owner of keys. Entity keys contain no spaces. */
export function spKeyOwner(realm: string, entityId: string): string {
  return `${realm} ${entityKey(entityId)}`
}

/** An RSA key with its certificate in base64. */
export type SpKey = { privateKey: KeyObject; certificate: string }

/** `published` has the newest key first. */
export type SpKeys = { signing: SpKey; published: readonly SpKey[] }

/** Where keys of service providers come from. */
export type SpKeySource = Pick<KeyGenerations, 'published'>

export async function spKeysOf(
  store: SpKeySource,
  { realm, entityId, now }: { realm: string; entityId: string; now: number },
): Promise<SpKeys> {
  const generations = await store.published(spKeyOwner(realm, entityId))
  return { signing: keyOf(signingOf(generations, now)), published: generations.map(keyOf) }
}

/** The newest key that has been announced long enough. Without one, the oldest, such as the first or the only one left. */
export function signingOf(generations: readonly Generation[], now: number): Generation {
  const signing = generations.find(({ madeAt }) => now - madeAt >= announcedMs) ?? generations.at(-1)
  if (signing === undefined) throw new Error('the service provider has no key')
  return signing
}

const certifiedKey = keySchema.extend({ x5c: z.tuple([z.string()]) })

function keyOf({ keys: [first] }: Generation): SpKey {
  const { x5c, ...jwk } = certifiedKey.parse(first)
  return { privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), certificate: x5c[0] }
}

/** A key with a certificate for ten years. @param now epoch milliseconds. */
export async function newKeys(now: number): Promise<Generation['keys']> {
  const { X509CertificateGenerator } = await x509()
  const { subtle } = globalThis.crypto
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 3072,
  }
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Sidegate SAML service provider',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(now - day),
    notAfter: new Date(now + 3650 * day),
  })
  const { key_ops: _operations, ext: _isExtractable, ...jwk } = await subtle.exportKey('jwk', keys.privateKey)
  const x5c = [Buffer.from(certificate.rawData).toString('base64')]
  return [keySchema.parse({ ...jwk, x5c })]
}
