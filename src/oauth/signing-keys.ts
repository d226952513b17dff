import { generateKeyPair as generateKeyPairCallback, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { KeyRing, RingSealer } from '../secrets/key-ring.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

const generateKeyPair = promisify(generateKeyPairCallback)

const day = 24 * 3_600_000

/** How old keys get before the next ones take over. */
const rotateAfterMs = 90 * day

/** How long replaced keys are still published: longer than any ID token is good. */
const publishedMs = 30 * day

/** How long another server's new keys may stay unseen, should its hint be lost. */
const freshMs = 60_000

const keySchema = z.looseObject({ kty: z.string(), kid: z.string().exactOptional(), alg: z.string() })

const generationSchema = z.object({
  keys: z.array(keySchema).min(1),
  /** Epoch milliseconds. Those of an earlier version do not say: their time is over. */
  madeAt: z.number().default(0),
  /** Whether what was before is not to be believed any more. */
  isAlone: z.boolean().default(false),
})

/** Keys for RS256 and ES256 that were made together. Numbered from 1 in each realm. */
export type Generation = z.infer<typeof generationSchema> & { number: number }

/** Private keys as a JSON Web Key Set; the first for an algorithm signs. */
export type SigningKeys = { keys: Generation['keys'] }

export function keySetOf(published: readonly Generation[]): SigningKeys {
  return { keys: published.flatMap(({ keys }) => keys) }
}

/** `changed` is called after keys were replaced at somebody's wish. */
type Needs = { secrets: SecretStore; keyRing: KeyRing; now(): number; changed?(): void }

/**
 * The keys of each realm: made at first use and replaced every 90 days, the same on every server. A generation that is
 * stored never changes, and of several servers that make the next one at once one has it kept.
 */
export class SigningKeyStore {
  readonly #secrets: SecretStore
  readonly #sealer: RingSealer
  readonly #now: () => number
  readonly #changed: () => void
  readonly #held = new Map<string, { published: Promise<Generation[]>; until: number }>()

  constructor({ secrets, keyRing, now, changed = () => undefined }: Needs) {
    this.#secrets = secrets
    this.#sealer = keyRing.sealer(rows)
    this.#now = now
    this.#changed = changed
  }

  /** Another server changed something: everything is read again. */
  forgetAll(): void {
    this.#held.clear()
  }

  /** Those that are published, the newest first, which signs. */
  async published(realm: string): Promise<Generation[]> {
    const held = this.#held.get(realm)
    if (held !== undefined && held.until > this.#now()) return held.published
    const published = this.#read(realm)
    this.#held.set(realm, { published, until: this.#now() + freshMs })
    // The next one who asks tries again.
    published.catch(() => this.#held.delete(realm))
    return published
  }

  /**
   * Makes new keys at once. Other servers hear of it, or notice within a minute.
   * @param isAlone takes what was before out of publication: whoever signs with a key that got out is not believed.
   */
  async rotate(realm: string, isAlone: boolean): Promise<Generation[]> {
    const stored = await this.#stored(realm)
    await this.#make(realm, stored.length + 1, isAlone)
    this.#held.delete(realm)
    this.#changed()
    return this.published(realm)
  }

  /** As `rotate`, where the realm has keys. */
  async rotateIfUsed(realm: string): Promise<void> {
    if ((await this.#secrets.read(nameOf(realm, 1))) !== undefined) await this.rotate(realm, false)
  }

  /** Seals what is stored with the newest keys. @returns false when somebody else did meanwhile. */
  async reseal(): Promise<boolean> {
    const sealer = this.#sealer
    const stale = (await this.#secrets.startingWith(rows)).filter(({ sealed }) => !sealer.isCurrent(sealed))
    const changes = stale.map(({ name, sealed }) => ({
      name,
      from: sealed,
      to: sealer.seal(sealer.open(sealed)),
    }))
    return changes.length === 0 || this.#secrets.replace(changes)
  }

  async #read(realm: string): Promise<Generation[]> {
    const stored = await this.#stored(realm)
    const newest = stored.at(-1)
    const isDue = newest === undefined || this.#now() - newest.madeAt >= rotateAfterMs
    const all = isDue ? [...stored, await this.#make(realm, stored.length + 1, false)] : stored
    return publishedOf(all, this.#now())
  }

  /** Every generation there is, the oldest first. */
  async #stored(realm: string): Promise<Generation[]> {
    const found: Generation[] = []
    for (;;) {
      const number = found.length + 1
      const sealed = await this.#secrets.read(nameOf(realm, number))
      if (sealed === undefined) return found
      found.push(this.#opened(sealed, number))
    }
  }

  async #make(realm: string, number: number, isAlone: boolean): Promise<Generation> {
    const made = { keys: await newKeys(), madeAt: this.#now(), isAlone }
    const sealed = this.#sealer.seal(JSON.stringify(made))
    return this.#opened(await this.#secrets.saveIfAbsent(nameOf(realm, number), sealed), number)
  }

  #opened(sealed: string, number: number): Generation {
    return { ...generationSchema.parse(JSON.parse(this.#sealer.open(sealed))), number }
  }
}

/** The newest, and what it replaced a short time ago, unless that is not to be believed any more. */
function publishedOf(all: readonly Generation[], now: number): Generation[] {
  const published: Generation[] = []
  let successor: Generation | undefined
  for (const generation of all.toReversed()) {
    const isOver = successor !== undefined && now - successor.madeAt >= publishedMs
    if (isOver || successor?.isAlone === true) break
    published.push(generation)
    successor = generation
  }
  return published
}

/** What the names of stored generations begin with, and what seals them. */
const rows = 'oauth signing keys'

/** The number stands before the path: a realm may be called `/alpha 2`. */
function nameOf(realm: string, number: number): string {
  return number === 1 ? `${rows} ${realm}` : `${rows} ${number} ${realm}`
}

async function newKeys(): Promise<Generation['keys']> {
  const [rsa, ec] = await Promise.all([
    generateKeyPair('rsa', { modulusLength: 2048 }),
    generateKeyPair('ec', { namedCurve: 'P-256' }),
  ])
  const jwk = (pair: typeof rsa, alg: string) =>
    keySchema.parse({ ...pair.privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg, use: 'sig' })
  return [jwk(rsa, 'RS256'), jwk(ec, 'ES256')]
}
