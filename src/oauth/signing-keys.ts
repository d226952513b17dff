import { generateKeyPair as generateKeyPairCallback, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { KeyRing, RingSealer } from '../secrets/key-ring.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

const generateKeyPair = promisify(generateKeyPairCallback)

const day = 24 * 3_600_000

/** Age at which keys are replaced, in milliseconds. */
const rotateAfterMs = 90 * day

/** How long replaced keys stay published. Longer than any ID token is valid. */
const publishedMs = 30 * day

/** Cache time, and so the longest delay until new keys from another server are noticed if a wake-up is lost. */
const freshMs = 60_000

const keySchema = z.looseObject({ kty: z.string(), kid: z.string().exactOptional(), alg: z.string() })

const generationSchema = z.object({
  keys: z.array(keySchema).min(1),
  /** Epoch milliseconds. Keys from before this member existed count as due for replacement. */
  madeAt: z.number().default(0),
  /** Whether earlier generations were withdrawn when this one was made. */
  isAlone: z.boolean().default(false),
})

/** A pair of keys, for RS256 and ES256. Numbered from 1 in each realm. */
export type Generation = z.infer<typeof generationSchema> & { number: number }

/** Private keys as a JSON Web Key Set. The first key of each algorithm signs. */
export type SigningKeys = { keys: Generation['keys'] }

export function keySetOf(published: readonly Generation[]): SigningKeys {
  return { keys: published.flatMap(({ keys }) => keys) }
}

/** `changed` is called after an administrator replaced keys. */
type Needs = { secrets: SecretStore; keyRing: KeyRing; now(): number; changed?(): void }

/**
 * The signing keys of each realm, created at first use, replaced every 90 days and shared by all servers. A stored generation
 * never changes. If several servers create the next generation at once, the first one saved wins.
 */
export class SigningKeyStore {
  readonly #secrets: SecretStore
  readonly #sealer: RingSealer
  readonly #now: () => number
  readonly #changed: () => void
  readonly #cache = new Map<string, { published: Promise<Generation[]>; until: number }>()

  constructor({ secrets, keyRing, now, changed = () => undefined }: Needs) {
    this.#secrets = secrets
    this.#sealer = keyRing.sealer(rows)
    this.#now = now
    this.#changed = changed
  }

  /** Empties the cache, after another server changed keys. */
  invalidateAll(): void {
    this.#cache.clear()
  }

  /** The published generations, newest first. The first signs. */
  async published(realm: string): Promise<Generation[]> {
    const cached = this.#cache.get(realm)
    if (cached !== undefined && cached.until > this.#now()) return cached.published
    const published = this.#read(realm)
    this.#cache.set(realm, { published, until: this.#now() + freshMs })
    // Don't cache failures, so that the next call tries again.
    published.catch(() => this.#cache.delete(realm))
    return published
  }

  /**
   * Creates new keys immediately. Other servers use them after a wake-up, or within a minute.
   * @param isAlone withdraws all earlier keys, for example after a leak.
   */
  async rotate(realm: string, isAlone: boolean): Promise<Generation[]> {
    const stored = await this.#stored(realm)
    await this.#make(realm, stored.length + 1, isAlone)
    this.#cache.delete(realm)
    this.#changed()
    return this.published(realm)
  }

  /** Like `rotate`, but only if the realm already has keys. */
  async rotateIfUsed(realm: string, isAlone = false): Promise<void> {
    if ((await this.#secrets.read(nameOf(realm, 1))) !== undefined) await this.rotate(realm, isAlone)
  }

  /** Seals stored keys again with the current sealing key. @returns false if another server changed them concurrently. */
  async reseal(): Promise<boolean> {
    const sealer = this.#sealer
    const stale = (await this.#secrets.byPrefix(rows)).filter(({ sealed }) => !sealer.isCurrent(sealed))
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

  /** All generations, oldest first. */
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

/** The newest generation, and recently replaced ones that were not withdrawn. */
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

/** Name prefix of stored generations, and the purpose of their sealing key. */
const rows = 'oauth signing keys'

/** The number comes before the path, because a realm could be named `/alpha 2`. */
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
