import { z } from 'zod'
import type { KeyRing, RingSealer } from './key-ring.ts'
import type { SecretStore } from './secret-store.ts'

const day = 24 * 3_600_000

/** How long replaced keys stay published. Longer than any ID token is valid. */
const publishedMs = 30 * day

export const keySchema = z.looseObject({ kty: z.string(), kid: z.string().exactOptional(), alg: z.string() })

const generationSchema = z.object({
  keys: z.array(keySchema).min(1),
  /** Epoch milliseconds. Keys from before this member existed count as due for replacement. */
  madeAt: z.number().default(0),
  /** Whether earlier generations were withdrawn when this one was made. */
  isAlone: z.boolean().default(false),
})

/** Keys that were made together, as JSON Web Keys. Numbered from 1 for each owner. */
export type Generation = z.infer<typeof generationSchema> & { number: number }

/** `changed` is called after an administrator replaced keys. */
export type KeyNeeds = { secrets: SecretStore; keyRing: KeyRing; now(): number; changed?(): void }

/** How the keys of one purpose are made and kept. */
type KeyPurpose = {
  /** Name prefix of stored generations, and the purpose of their sealing key. */
  rows: string
  /** @param now epoch milliseconds. */
  newKeys(now: number): Promise<Generation['keys']>
  /** Whether a generation of an older version has all keys that are needed now. Otherwise it is replaced. */
  isComplete?(generation: Generation): boolean
  /** Age at which keys are replaced, in milliseconds. */
  rotateAfterMs: number
  /** Cache time, and so the longest delay until new keys from another server are noticed if a wake-up is lost. */
  freshMs: number
}

/**
 * The keys of each owner for one purpose, created at first use, replaced in time and shared by all servers. A stored generation
 * never changes. If several servers create the next generation at once, the first one saved wins.
 */
export class KeyGenerations {
  readonly #purpose: KeyPurpose
  readonly #secrets: SecretStore
  readonly #sealer: RingSealer
  readonly #now: () => number
  readonly #changed: () => void
  readonly #cache = new Map<string, { published: Promise<Generation[]>; until: number }>()

  constructor({ secrets, keyRing, now, changed = () => undefined }: KeyNeeds, purpose: KeyPurpose) {
    this.#purpose = purpose
    this.#secrets = secrets
    this.#sealer = keyRing.sealer(purpose.rows)
    this.#now = now
    this.#changed = changed
  }

  /** Empties the cache, after another server changed keys. */
  invalidateAll(): void {
    this.#cache.clear()
  }

  /** The published generations, newest first. The first signs. */
  async published(owner: string): Promise<Generation[]> {
    const cached = this.#cache.get(owner)
    if (cached !== undefined && cached.until > this.#now()) return cached.published
    const published = this.#read(owner)
    this.#cache.set(owner, { published, until: this.#now() + this.#purpose.freshMs })
    // Don't cache failures, so that the next call tries again.
    published.catch(() => this.#cache.delete(owner))
    return published
  }

  /**
   * Creates new keys immediately. Other servers use them after a wake-up, or within a minute.
   * @param isAlone withdraws all earlier keys, for example after a leak.
   */
  async rotate(owner: string, isAlone: boolean): Promise<Generation[]> {
    const stored = await this.#stored(owner)
    await this.#make(owner, stored.length + 1, isAlone)
    this.#cache.delete(owner)
    this.#changed()
    return this.published(owner)
  }

  /** Like `rotate`, but only if the owner already has keys. */
  async rotateIfUsed(owner: string, isAlone = false): Promise<void> {
    if ((await this.#secrets.read(this.#nameOf(owner, 1))) !== undefined) await this.rotate(owner, isAlone)
  }

  async #read(owner: string): Promise<Generation[]> {
    const stored = await this.#stored(owner)
    const newest = stored.at(-1)
    const { rotateAfterMs, isComplete = () => true } = this.#purpose
    const isDue = newest === undefined || this.#now() - newest.madeAt >= rotateAfterMs || !isComplete(newest)
    const all = isDue ? [...stored, await this.#make(owner, stored.length + 1, false)] : stored
    return publishedOf(all, this.#now())
  }

  /** All generations, oldest first. */
  async #stored(owner: string): Promise<Generation[]> {
    const found: Generation[] = []
    for (;;) {
      const number = found.length + 1
      const sealed = await this.#secrets.read(this.#nameOf(owner, number))
      if (sealed === undefined) return found
      found.push(this.#opened(sealed, number))
    }
  }

  async #make(owner: string, number: number, isAlone: boolean): Promise<Generation> {
    const madeAt = this.#now()
    const made = { keys: await this.#purpose.newKeys(madeAt), madeAt, isAlone }
    const sealed = this.#sealer.seal(JSON.stringify(made))
    return this.#opened(await this.#secrets.saveIfAbsent(this.#nameOf(owner, number), sealed), number)
  }

  /** The number comes before the owner, because a realm could be named `/alpha 2`. */
  #nameOf(owner: string, number: number): string {
    const { rows } = this.#purpose
    return number === 1 ? `${rows} ${owner}` : `${rows} ${number} ${owner}`
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

/** Seals stored keys again with the current sealing key. @returns false if another server changed them concurrently. */
export async function resealKeys(
  { secrets, keyRing }: Pick<KeyNeeds, 'secrets' | 'keyRing'>,
  rows: string,
): Promise<boolean> {
  const sealer = keyRing.sealer(rows)
  const stale = (await secrets.byPrefix(rows)).filter(({ sealed }) => !sealer.isCurrent(sealed))
  const changes = stale.map(({ name, sealed }) => ({
    name,
    from: sealed,
    to: sealer.seal(sealer.open(sealed)),
  }))
  return changes.length === 0 || secrets.replace(changes)
}
