import { hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { OperationError } from '../errors.ts'
import { createSealer, SealError, type Sealer } from './seal.ts'
import type { SecretStore } from './secret-store.ts'

/** A root key: every key that is used comes of one, by purpose. Numbered from 1. */
export type KeyGeneration = {
  number: number
  rootKey: Uint8Array
  /** Epoch milliseconds. */
  madeAt: number
  /** From when on it seals and signs: every server has read it by then. */
  activeAt: number
  /** Whether the audit chain was signed when this was saved: it must be ever since. */
  signsAudit: boolean
}

/** Seals with the newest keys, and opens what any of them sealed. */
export type RingSealer = Sealer & {
  /** Whether the newest keys sealed it. */
  isCurrent(sealed: string): boolean
}

/** The keys of the installation, by what they are for. Keys of one purpose are unrelated to those of any other. */
export type KeyRing = {
  /** 32 bytes each, the newest first, which signs; the others are still believed. The same list until it changes. */
  keys(purpose: string): readonly Uint8Array[]
  sealer(purpose: string): RingSealer
}

const dayMs = 24 * 3_600_000

/** Sealers of days gone by are made again when something of theirs is opened. */
const maxHeld = 64

/** Derives by HKDF-SHA256 (RFC 5869). */
export function deriveKey(rootKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', rootKey, '', `sidegate/${purpose}`, 32))
}

/**
 * Keys out of generations. Every day seals under a key of its own, which its number derives again: random nonces of
 * 96 bits are sound for 2^32 texts under one key (NIST SP 800-38D, 8.3), and no day has so many.
 *
 * @param generations all there are, the oldest first; asked at every use
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
  const lists = new Map<string, { name: string; keys: readonly Uint8Array[] }>()
  return {
    keys(purpose) {
      const newest = current()
      const others = generations().filter(({ number }) => number !== newest.number)
      const all = [newest, ...others.toReversed()]
      const name = all.map(({ number }) => number).join()
      const held = lists.get(purpose)
      if (held?.name === name) return held.keys
      const keys = all.map(({ rootKey }) => deriveKey(rootKey, purpose))
      lists.set(purpose, { name, keys })
      return keys
    },
    sealer: (purpose) => ringSealer(purpose, { generations, current, now }),
  }
}

type Ring = { generations: () => readonly KeyGeneration[]; current: () => KeyGeneration; now: () => number }

/** `v2.`, the numbers of generation and day, and what a sealer of one key writes behind its `v1.`. */
function ringSealer(purpose: string, { generations, current, now }: Ring): RingSealer {
  const held = new Map<string, Sealer>()
  const sealerOf = (generation: KeyGeneration, day: string | undefined): Sealer => {
    const name = `${generation.number}.${day ?? ''}`
    const known = held.get(name)
    if (known !== undefined) return known
    if (held.size >= maxHeld) held.clear()
    const made = createSealer(
      deriveKey(generation.rootKey, day === undefined ? purpose : `${purpose}/${day}`),
    )
    held.set(name, made)
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
      // Before there were generations, the first key of all sealed without a day.
      const wanted = number === undefined ? 1 : Number(number)
      const generation = generations().find((each) => each.number === wanted)
      if (generation === undefined) throw new SealError()
      return sealerOf(generation, day).open(rest === undefined ? sealed : `v1.${rest}`)
    },
    isCurrent: (sealed) => sealed.startsWith(`v2.${current().number}.`),
  }
}

/** One generation, kept nowhere. */
export function createKeyRing(rootKey: Uint8Array, now: () => number = Date.now): KeyRing {
  const generation = { number: 1, rootKey, madeAt: 0, activeAt: 0, signsAudit: true }
  return keyRing(() => [generation], now)
}

/** The key ring of a server, kept in its storage under its master key. */
export type StoredKeyRing = KeyRing & {
  /** The oldest first. */
  generations(): readonly KeyGeneration[]
  /** Reads what other servers made. */
  refresh(): Promise<void>
  /** Makes a generation. @param activeAt epoch milliseconds */
  rotate(activeAt: number): Promise<KeyGeneration>
  /** Puts all generations under another master key, or none. */
  rewrap(masterKey: Uint8Array): Promise<void>
  /** Says in every generation that the audit chain is signed from now on. */
  markSigned(): Promise<void>
  /** Takes a generation away for good: what it sealed opens no more. */
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
 * Opens the key ring. The first generation is the master key itself, under which everything was sealed before there were
 * generations.
 * @throws OperationError when the master key is another than the one that the generations were sealed under.
 */
export async function openKeyRing({ secrets, masterKey, now }: Needs): Promise<StoredKeyRing> {
  let wrapper = wrapperOf(masterKey)
  let generations: readonly KeyGeneration[] = []
  const refresh = async () => {
    generations = (await secrets.startingWith(prefix))
      .map(({ name, sealed }) => unwrapped(name, sealed, wrapper))
      .toSorted((one, other) => one.number - other.number)
  }
  const save = async ({ number, rootKey, ...about }: KeyGeneration) => {
    const key = Buffer.from(rootKey).toString('base64url')
    await secrets.saveIfAbsent(`${prefix}${number}`, wrapper.seal(JSON.stringify({ key, ...about })))
    await refresh()
  }
  const rewrite = async (sealed: (text: string) => string) => {
    const kept = await secrets.startingWith(prefix)
    const changes = kept.map((each) => ({
      name: each.name,
      from: each.sealed,
      to: sealed(wrapper.open(each.sealed)),
    }))
    if (!(await secrets.replace(changes)))
      throw new OperationError('Another process changed the keys meanwhile')
  }
  await refresh()
  // Keys that were taken away and come anew do not make a signed chain an unsigned one.
  if (generations.length === 0)
    await save({ number: 1, rootKey: masterKey, madeAt: now(), activeAt: 0, signsAudit: true })
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
      if (made === undefined) throw new OperationError('New keys were saved and are gone')
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
