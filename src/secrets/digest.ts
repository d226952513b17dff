import { hash, timingSafeEqual } from 'node:crypto'
import { drawBytes } from './drawn-bytes.ts'

/** What stands in storage for a token or an id: whoever reads the database cannot use it. Only for random secrets. */
export function digest(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/** A new unguessable id. 32 bytes make 43 characters. */
export function randomToken(bytes = 32): string {
  return drawBytes(bytes).toString('base64url')
}

/** Compares secrets in a time that says nothing about where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}
