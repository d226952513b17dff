import { timingSafeEqual } from 'node:crypto'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { type KeySource, macsOf } from '../secrets/macs.ts'
import type { Link } from './chain.ts'

/**
 * A signed end of the chain. Each row's hash covers all rows before it, so one signature covers the whole chain.
 */
export type SignedEnd = Link & {
  /** The first row after signing began. Earlier rows were signed once, together. */
  since: number
}

export type ChainSigner = {
  keys: KeySource
  /**
   * Whether this installation has ever signed. Stored sealed and apart from the chain, so that a chain without its signature
   * can't pass for one from before signing.
   */
  hasBegun(): boolean
  begin(): Promise<void>
}

/** Signs with the keys of a server. */
export function auditSigner(keyRing: StoredKeyRing): ChainSigner {
  return {
    keys: () => keyRing.keys('audit-ends'),
    hasBegun: () => keyRing.generations().some(({ signsAudit }) => signsAudit),
    begin: () => keyRing.markSigned(),
  }
}

/** The stored signature: the end and its HMAC-SHA256. */
export function signEnd({ since, sequence, hash }: SignedEnd, keys: KeySource): string {
  const text = `${since}.${sequence}.${hash}`
  return `${text}.${macsOf(keys(), `audit end ${text}`)[0]}`
}

/** @returns undefined for a signature by another installation's key. */
export function readEnd(signature: string | null, keys: KeySource): SignedEnd | undefined {
  const [text, since, sequence, hash, mac] =
    /^(\d{1,15})\.(\d{1,15})\.([0-9a-f]{64})\.([\w-]{43})$/.exec(signature ?? '') ?? []
  if (text === undefined || hash === undefined || mac === undefined) return undefined
  // rule S21: otherwise anyone can make a signature
  if (!isMacOf(`audit end ${since}.${sequence}.${hash}`, mac, keys)) return undefined
  return { since: Number(since), sequence: Number(sequence), hash }
}

/** Signs the last row that retention deleted. */
export function signBeginning({ sequence, hash }: Link, keys: KeySource): string {
  return macsOf(keys(), `audit beginning ${sequence}.${hash}`)[0]
}

export function isSignedBeginning(
  signature: string | null,
  { sequence, hash }: Link,
  keys: KeySource,
): boolean {
  return signature !== null && isMacOf(`audit beginning ${sequence}.${hash}`, signature, keys)
}

function isMacOf(text: string, mac: string, keys: KeySource): boolean {
  return macsOf(keys(), text).some((right) => {
    const [one, other] = [Buffer.from(right), Buffer.from(mac)]
    return one.length === other.length && timingSafeEqual(one, other)
  })
}
