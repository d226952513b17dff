import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { parsedJson } from '../base/json.ts'
import type { KeySource } from '../secrets/macs.ts'

/**
 * The claims of an authId. `sessionId` refers to the journey session; `step` names the request that it may answer.
 * The vendor's hosted pages read `realm` and `authIndex*`, so the claims are signed and not encrypted.
 */
const claimsSchema = z.object({
  authIndexType: z.string().exactOptional(),
  authIndexValue: z.string().exactOptional(),
  realm: z.string(),
  sessionId: z.string(),
  step: z.number().int(),
  /** Random, so that every response has a different authId. */
  otk: z.string(),
  /** Epoch seconds. */
  iat: z.number(),
  exp: z.number(),
})

export type AuthIdClaims = z.infer<typeof claimsSchema>

export type AuthIdCheck =
  | { kind: 'valid'; claims: AuthIdClaims }
  | { kind: 'unreadable' }
  | { kind: 'forged' }

/** Maximum number of signed authIds in a map, each below a kilobyte. */
const maxRemembered = 1000

/** The only header that is written or accepted, so that clients can't choose an algorithm. */
const header = Buffer.from('{"typ":"JWT","alg":"HS256"}').toString('base64url')

/**
 * Signs and verifies authIds, which are compact HS256 tokens. Without a library, because every step needs one and an
 * asynchronous Web Crypto signature costs more than the rest of the step (docs/decisions/0003).
 */
export class AuthIds {
  readonly #source: KeySource
  #keys: ReturnType<KeySource> = []
  /** The newest authIds that this server signed with its current keys: most come back to it. */
  #signed = new Map<string, AuthIdClaims>()
  /** Those before them. Deleting the oldest entry of a single map would be slow: V8 searches it among deleted ones. */
  #signedBefore = new Map<string, AuthIdClaims>()

  constructor(keys: KeySource) {
    this.#source = keys
  }

  sign(claims: AuthIdClaims): string {
    const content = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
    const [newest] = this.#currentKeys()
    if (newest === undefined) throw new Error('there is no key to sign authIds with')
    const authId = `${content}.${macOf(content, newest)}`
    this.#remember(authId, claims)
    return authId
  }

  /** Checks form and signature. Only the journey session knows whether the authId is still current. */
  read(authId: string): AuthIdCheck {
    const keys = this.#currentKeys()
    const known = this.#signed.get(authId) ?? this.#signedBefore.get(authId)
    return known === undefined ? this.#verify(authId, keys) : { kind: 'valid', claims: known }
  }

  #verify(authId: string, keys: ReturnType<KeySource>): AuthIdCheck {
    const [head, payload, signature, ...rest] = authId.split('.')
    if (!head || !payload || !signature || rest.length > 0) return { kind: 'unreadable' }
    const content = `${head}.${payload}`
    const isSigned = keys.some((key) => isSame(signature, macOf(content, key)))
    if (head !== header || !isSigned) return { kind: 'forged' }
    const claims = claimsSchema.safeParse(parsedJson(Buffer.from(payload, 'base64url').toString()))
    return claims.success ? { kind: 'valid', claims: claims.data } : { kind: 'unreadable' }
  }

  /** Other keys invalidate what the former ones signed. */
  #currentKeys(): ReturnType<KeySource> {
    const keys = this.#source()
    if (keys !== this.#keys) {
      this.#keys = keys
      this.#signed.clear()
      this.#signedBefore.clear()
    }
    return keys
  }

  #remember(authId: string, claims: AuthIdClaims): void {
    if (this.#signed.size >= maxRemembered) {
      this.#signedBefore = this.#signed
      this.#signed = new Map()
    }
    this.#signed.set(authId, claims)
  }
}

function macOf(content: string, key: KeyObject): string {
  return createHmac('sha256', key).update(content).digest('base64url')
}

/** Compares text, because a lenient decoder ignores invalid characters. */
function isSame(actual: string, expected: string): boolean {
  const [one, other] = [Buffer.from(actual), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
