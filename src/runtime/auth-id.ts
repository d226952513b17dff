import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { KeySource } from '../secrets/macs.ts'

/**
 * What an authId carries. `sessionId` refers to the journey session, `step` says which request it may answer.
 * The hosted pages of the vendor read `realm` and `authIndex*`, so these stay readable.
 */
const claimsSchema = z.object({
  authIndexType: z.string().exactOptional(),
  authIndexValue: z.string().exactOptional(),
  realm: z.string(),
  sessionId: z.string(),
  step: z.number().int(),
  /** Never reused: two answers never carry the same authId. */
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

/** The only header we write, and so the only one we read: no algorithm is negotiated. */
const header = Buffer.from('{"typ":"JWT","alg":"HS256"}').toString('base64url')

/**
 * Writes and reads authIds: compact HS256 tokens. Written by hand because it stands on the path of every step,
 * where an asynchronous Web Crypto signature costs more than the whole rest (docs/decisions/0003).
 */
export class AuthIds {
  readonly #source: KeySource
  #bytes: readonly Uint8Array[] = []
  #objects: readonly KeyObject[] = []

  constructor(keys: KeySource) {
    this.#source = keys
  }

  sign(claims: AuthIdClaims): string {
    const content = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
    const [newest] = this.#keys()
    if (newest === undefined) throw new Error('there is no key to sign authIds with')
    return `${content}.${macOf(content, newest)}`
  }

  /** Checks form and signature; whether it is still current is for the journey session to say. */
  read(authId: string): AuthIdCheck {
    const [head, payload, signature, ...rest] = authId.split('.')
    if (!head || !payload || !signature || rest.length > 0) return { kind: 'unreadable' }
    const content = `${head}.${payload}`
    const isSigned = this.#keys().some((key) => isSame(signature, macOf(content, key)))
    if (head !== header || !isSigned) return { kind: 'forged' }
    const claims = claimsSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString()))
    return claims.success ? { kind: 'valid', claims: claims.data } : { kind: 'unreadable' }
  }

  /** Made once: of plain bytes, `createHmac` makes one at every call, which costs more than the hash. */
  #keys(): readonly KeyObject[] {
    const bytes = this.#source()
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#objects = bytes.map((key) => createSecretKey(key))
    }
    return this.#objects
  }
}

function macOf(content: string, key: KeyObject): string {
  return createHmac('sha256', key).update(content).digest('base64url')
}

/** Compared as text: decoding would pass over characters that do not belong there. */
function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
