import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { systemNow } from '../base/clock.ts'
import { OperationError } from '../base/errors.ts'
import { createSealer, SealError, type Sealer } from './seal.ts'
import type { SecretStore } from './secret-store.ts'

/** A root key, from which the key for each purpose is derived. Numbered from 1. */
export type KeyGeneration = {
  number: number
  rootKey: Uint8Array
  /** Epoch milliseconds. */
  madeAt: number
  /** When it starts to seal and sign, in epoch milliseconds. Late enough for every server to have read it. */
  activeAt: number
  /** Whether the audit chain was signed when this was saved. If so, every later audit event must be signed. */
  signsAudit: boolean
}

/** Seals with the current generation, and opens text sealed with any generation. */
export type RingSealer = Sealer & {
  /** Whether the current generation sealed the text. */
  isCurrent(sealed: string): boolean
}

/** The keys of the installation, by purpose. Keys of different purposes are independent. */
export type KeyRing = {
  /**
   * 32 bytes each. The first signs; all verify. Key objects, because `createHmac` would create one from plain bytes at every
   * call, which costs more than the hash.
   */
  keys(purpose: string): readonly KeyObject[]
  sealer(purpose: string): RingSealer
}

/** Delay until new keys are used. Every server reads new keys once a minute, so all of them have the keys by then. */
export const spreadMs = 120_000

const dayMs = 24 * 3_600_000

/** Cached sealers per purpose. Evicted ones are derived again when needed. */
const maxCached = 64

/** Derives by HKDF-SHA256 (RFC 5869). */
export function deriveKey(rootKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', rootKey, '', `sidegate/${purpose}`, 32))
}

/**
 * Derives keys from generations. Each day has its own sealing key, derived from the day's number: random 96-bit nonces are
 * safe for 2^32 texts per key (NIST SP 800-38D, 8.3), and no day has that many.
 *
 * @param generations all generations, oldest first; called at every use
 * @param now epoch milliseconds
 */
function keyRing(generations: () => readonly KeyGeneration[], now: () => number): KeyRing {
  const currentAt = (at: number) =>
    generations().findLast(({ activeAt }) => activeAt <= at) ?? generations()[0]
  const current = () => {
    const found = currentAt(now())
    if (found === undefined) throw new Error('a key ring has no keys')
    return found
  }
  const lists = new Map<string, { name: string; keys: readonly KeyObject[] }>()
  return {
    keys(purpose) {
      const newest = current()
      const others = generations().filter(({ number }) => number !== newest.number)
      const all = [newest, ...others.toReversed()]
      const name = all.map(({ number }) => number).join()
      const cached = lists.get(purpose)
      if (cached?.name === name) return cached.keys
      const keys = all.map(({ rootKey }) => createSecretKey(deriveKey(rootKey, purpose)))
      lists.set(purpose, { name, keys })
      return keys
    },
    sealer: (purpose) => ringSealer(purpose, { generations, current, now }),
  }
}

type Ring = { generations: () => readonly KeyGeneration[]; current: () => KeyGeneration; now: () => number }

/** Sealed form: `v2.GENERATION.DAY.` and the part after `v1.` of a single-key sealer. */
function ringSealer(purpose: string, { generations, current, now }: Ring): RingSealer {
  const sealers = new Map<string, Sealer>()
  const sealerOf = (generation: KeyGeneration, day: string | undefined): Sealer => {
    const name = `${generation.number}.${day ?? ''}`
    const known = sealers.get(name)
    if (known !== undefined) return known
    if (sealers.size >= maxCached) sealers.clear()
    const made = createSealer(
      deriveKey(generation.rootKey, day === undefined ? purpose : `${purpose}/${day}`),
    )
    sealers.set(name, made)
    return made
  }
  return {
    seal(text) {
      const generation = current()
      const day = String(Math.floor(now() / dayMs))
      return `v2.${generation.number}.${day}.${sealerOf(generation, day).seal(text).slice(3)}`
    },
    open(sealed) {
      const [, number, day, rest] = /^v2\.([1-9]\d{0,5})\.(0|[1-9]\d{0,6})\.([\w-]+)$/.exec(sealed) ?? []
      // Text sealed before generations existed has no day, and the first key sealed it.
      const expected = number === undefined ? 1 : Number(number)
      const generation = generations().find((each) => each.number === expected)
      if (generation === undefined) throw new SealError()
      return sealerOf(generation, day).open(rest === undefined ? sealed : `v1.${rest}`)
    },
    isCurrent: (sealed) => sealed.startsWith(`v2.${current().number}.`),
  }
}

/** A key ring with one generation, which is not stored. */
export function createKeyRing(rootKey: Uint8Array, now: () => number = systemNow): KeyRing {
  const generation = { number: 1, rootKey, madeAt: 0, activeAt: 0, signsAudit: true }
  return keyRing(() => [generation], now)
}

/** The key ring of a server, stored in its database and sealed with its master key. */
export type StoredKeyRing = KeyRing & {
  /** Oldest first. */
  generations(): readonly KeyGeneration[]
  /** Reads the generations that other servers created or removed. */
  refresh(): Promise<void>
  /** Creates a generation. @param activeAt epoch milliseconds */
  rotate(activeAt: number): Promise<KeyGeneration>
  /** Seals all generations with another master key, all or none. */
  rewrap(masterKey: Uint8Array): Promise<void>
  /** Records in every generation that the audit chain is signed from now on. */
  markSigned(): Promise<void>
  /** Deletes a generation permanently. Text that it sealed can no longer be opened. */
  remove(number: number): Promise<void>
}

const prefix = 'root key '

const rootKeySchema = z.object({
  key: z.base64url().transform((text): Uint8Array => Buffer.from(text, 'base64url')),
  madeAt: z.number(),
  activeAt: z.number(),
  signsAudit: z.boolean().default(false),
})

type Needs = { secrets: SecretStore; masterKey: Uint8Array; now(): number }

/**
 * Opens the key ring. The first generation is the master key itself, which sealed everything before generations existed.
 * @throws OperationError if the generations were sealed with another master key.
 */
export async function openKeyRing({ secrets, masterKey, now }: Needs): Promise<StoredKeyRing> {
  let wrapper = wrapperOf(masterKey)
  let generations: readonly KeyGeneration[] = []
  const refresh = async () => {
    generations = (await secrets.byPrefix(prefix))
      .map(({ name, sealed }) => unwrapped(name, sealed, wrapper))
      .toSorted((one, other) => one.number - other.number)
  }
  const save = async ({ number, rootKey, ...about }: KeyGeneration) => {
    const key = Buffer.from(rootKey).toString('base64url')
    await secrets.saveIfAbsent(`${prefix}${number}`, wrapper.seal(JSON.stringify({ key, ...about })))
    await refresh()
  }
  const rewrite = async (sealed: (text: string) => string) => {
    const kept = await secrets.byPrefix(prefix)
    const changes = kept.map((each) => ({
      name: each.name,
      from: each.sealed,
      to: sealed(wrapper.open(each.sealed)),
    }))
    if (!(await secrets.replace(changes)))
      throw new OperationError('Another process changed the keys at the same time: try again')
  }
  await refresh()
  // Deleting the stored keys must not turn a signed audit chain into an unsigned one.
  if (generations.length === 0)
    await save({
      number: 1,
      rootKey: masterKey,
      madeAt: now(),
      activeAt: 0,
      // rule S21: otherwise removing keys makes a signed chain an unsigned one
      signsAudit: true,
    })
  return {
    ...keyRing(() => generations, now),
    generations: () => generations,
    refresh,
    async rotate(activeAt) {
      await refresh()
      const number = (generations.at(-1)?.number ?? 0) + 1
      const signsAudit = generations.some((each) => each.signsAudit)
      await save({ number, rootKey: randomBytes(32), madeAt: now(), activeAt, signsAudit })
      const made = generations.find((each) => each.number === number)
      if (made === undefined)
        throw new OperationError('The new keys were removed right after they were saved: try again')
      return made
    },
    async rewrap(newMaster) {
      const next = wrapperOf(newMaster)
      await rewrite((text) => next.seal(text))
      wrapper = next
    },
    async markSigned() {
      await rewrite((text) => wrapper.seal(JSON.stringify({ ...JSON.parse(text), signsAudit: true })))
      await refresh()
    },
    async remove(number) {
      await secrets.remove(`${prefix}${number}`)
      await refresh()
    },
  }
}

function wrapperOf(masterKey: Uint8Array): Sealer {
  return createSealer(deriveKey(masterKey, 'root keys'))
}

function unwrapped(name: string, sealed: string, wrapper: Sealer): KeyGeneration {
  try {
    const { key: rootKey, ...about } = rootKeySchema.parse(JSON.parse(wrapper.open(sealed)))
    return { number: Number(name.slice(prefix.length)), rootKey, ...about }
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new OperationError(
      'The database was written with another key: all servers on it need the same file `keys`, or the same SIDEGATE_MASTER_KEY',
    )
  }
}
