import { hash, timingSafeEqual } from 'node:crypto'
import { pooledRandomBytes } from './pooled-random-bytes.ts'

/** The stored form of a token or id, which is useless to a reader of the database. Only for random secrets: it has no salt. */
export function digest(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/** Creates an unguessable id. 32 bytes make 43 characters. */
export function randomToken(bytes = 32): string {
  return pooledRandomBytes(bytes).toString('base64url')
}

/** Compares secrets in constant time. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}
