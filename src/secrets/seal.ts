import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import { pooledRandomBytes } from './pooled-random-bytes.ts'

/** Encrypts text for storage or for tokens that clients carry, and detects changes to it. */
export type Sealer = {
  seal(text: string): string
  /** @throws SealError if the text was altered or truncated, or another key sealed it. */
  open(sealed: string): string
}

/** Reports that a sealed text cannot be opened. Never contains the text. */
export class SealError extends Error {
  override readonly name = 'SealError'

  constructor() {
    super('The sealed text was altered or belongs to another key')
  }
}

const algorithm = 'aes-256-gcm'
const prefix = 'v1.'
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals with AES-256-GCM: `v1.` and base64url of nonce, ciphertext and tag. Random nonces are safe for 2^32 texts per key
 * (NIST SP 800-38D, 8.3), so each purpose has its own key.
 * @param key 32 bytes, from `deriveKey`.
 */
export function createSealer(key: Uint8Array): Sealer {
  const secret = createSecretKey(key)
  return {
    seal(text) {
      const nonce = pooledRandomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, secret, nonce, { authTagLength: tagBytes })
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return prefix + Buffer.concat(parts).toString('base64url')
    },
    open(sealed) {
      const bytes = bytesOf(sealed)
      const nonce = bytes.subarray(0, nonceBytes)
      const decipher = createDecipheriv(algorithm, secret, nonce, { authTagLength: tagBytes })
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      try {
        return (
          decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
        )
      } catch {
        throw new SealError()
      }
    },
  }
}

/** Node decodes base64url leniently. Encoding the bytes again ensures that only one text opens. */
function bytesOf(sealed: string): Buffer {
  const encoded = sealed.slice(prefix.length)
  const bytes = Buffer.from(encoded, 'base64url')
  const isOurs =
    sealed.startsWith(prefix) &&
    bytes.length >= nonceBytes + tagBytes &&
    bytes.toString('base64url') === encoded
  if (!isOurs) throw new SealError()
  return bytes
}
