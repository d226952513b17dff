import { expect, test } from 'vitest'
import { OperationError } from '../base/errors.ts'
import { createKeyRing, deriveKey, openKeyRing } from './key-ring.ts'
import { createSealer, SealError } from './seal.ts'
import type { SecretStore } from './secret-store.ts'

const dayMs = 24 * 3_600_000
const masterKey = new Uint8Array(32).fill(7)
let now = 20_000 * dayMs
const clock = () => now

function inMemory(): SecretStore & { rows: Map<string, string> } {
  const rows = new Map<string, string>()
  return {
    rows,
    read: async (name) => rows.get(name),
    byPrefix: async (prefix) =>
      [...rows].flatMap(([name, sealed]) => (name.startsWith(prefix) ? [{ name, sealed }] : [])),
    async saveIfAbsent(name, sealed) {
      if (!rows.has(name)) rows.set(name, sealed)
      return rows.get(name) ?? ''
    },
    async replace(changes) {
      if (changes.some(({ name, from }) => rows.get(name) !== from)) return false
      for (const { name, to } of changes) rows.set(name, to)
      return true
    },
    remove: async (name) => void rows.delete(name),
    isInUse: async () => false,
  }
}

const open = (secrets: SecretStore, key = masterKey) => openKeyRing({ secrets, masterKey: key, now: clock })

test('key derivation is stable across releases', () => {
  expect(Buffer.from(deriveKey(new Uint8Array(32), 'test')).toString('hex')).toBe(
    '8a48590a47738a59bea6cefb352f9ef40b68b4cc707825075e3055a1d15fa9b3',
  )
})

test('purposes, days and installations have separate keys', () => {
  const ring = createKeyRing(masterKey, clock)
  const sealed = ring.sealer('a').seal('x')
  expect(() => ring.sealer('b').open(sealed)).toThrow(SealError)
  expect(() => createKeyRing(new Uint8Array(32), clock).sealer('a').open(sealed)).toThrow(SealError)
  const [, generation, day, rest] = sealed.split('.')
  expect([generation, day]).toEqual(['1', '20000'])
  expect(() => ring.sealer('a').open(`v2.1.20001.${rest}`)).toThrow(SealError)
  expect(() => createSealer(deriveKey(masterKey, 'a')).open(`v1.${rest}`)).toThrow(SealError)
})

test('opens text sealed on another day or before generations existed', () => {
  const ring = createKeyRing(masterKey, clock)
  const sealed = ring.sealer('a').seal('yesterday')
  now += 100 * dayMs
  expect(ring.sealer('a').open(sealed)).toBe('yesterday')
  expect(ring.sealer('a').open(createSealer(deriveKey(masterKey, 'a')).seal('long ago'))).toBe('long ago')
})

test('rejects sealed text with any character changed', () => {
  const sealer = createKeyRing(masterKey, clock).sealer('a')
  const sealed = sealer.seal('password')
  for (let at = 0; at < sealed.length; at++) {
    for (const other of ['A', 'B', '0', '1', '.']) {
      if (sealed[at] === other) continue
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1)
      expect(() => sealer.open(altered), `character ${at}`).toThrow(SealError)
    }
  }
})

test('a new generation seals and signs once active, and older ones stay valid', async () => {
  const secrets = inMemory()
  const ring = await open(secrets)
  const sealer = ring.sealer('a')
  const first = sealer.seal('first')
  const firstKey = ring.keys('mac')[0]?.export()
  await ring.rotate(now + 1000)
  expect(sealer.isCurrent(sealer.seal('still'))).toBe(true)
  expect(sealer.seal('still')).toMatch(/^v2\.1\./)
  expect(ring.keys('mac')[0]?.export()).toEqual(firstKey)
  // A server whose clock is ahead may already sign with the new key.
  expect(ring.keys('mac')).toHaveLength(2)
  now += 1000
  const second = sealer.seal('second')
  expect(second).toMatch(/^v2\.2\./)
  expect([sealer.isCurrent(first), sealer.isCurrent(second)]).toEqual([false, true])
  expect([first, second].map((sealed) => sealer.open(sealed))).toEqual(['first', 'second'])
  expect(ring.keys('mac')[1]?.export()).toEqual(firstKey)
  expect(ring.keys('mac')).toBe(ring.keys('mac'))
  const restarted = (await open(secrets)).sealer('a')
  expect([first, second].map((sealed) => restarted.open(sealed))).toEqual(['first', 'second'])
})

test('another server reads a new generation on refresh', async () => {
  const secrets = inMemory()
  const [one, other] = [await open(secrets), await open(secrets)]
  await one.rotate(now)
  const sealed = one.sealer('a').seal('x')
  expect(() => other.sealer('a').open(sealed)).toThrow(SealError)
  await other.refresh()
  expect(other.sealer('a').open(sealed)).toBe('x')
})

test('rewrap replaces the master key, and the old one opens nothing', async () => {
  const secrets = inMemory()
  const ring = await open(secrets)
  await ring.rotate(now)
  const sealed = ring.sealer('a').seal('x')
  const newMaster = new Uint8Array(32).fill(8)
  await ring.rewrap(newMaster)
  expect((await open(secrets, newMaster)).sealer('a').open(sealed)).toBe('x')
  await expect(open(secrets)).rejects.toThrow(OperationError)
  await expect(open(secrets)).rejects.toThrow(/written with another key/)
  expect(ring.sealer('a').open(sealed)).toBe('x')
  await ring.refresh()
})

test('a removed generation opens nothing', async () => {
  const ring = await open(inMemory())
  const sealed = ring.sealer('a').seal('x')
  await ring.rotate(now)
  await ring.remove(1)
  expect(ring.generations().map(({ number }) => number)).toEqual([2])
  expect(() => ring.sealer('a').open(sealed)).toThrow(SealError)
  expect((await ring.rotate(now)).number).toBe(3)
})

test('stores no key in plain text', async () => {
  const secrets = inMemory()
  const ring = await open(secrets)
  const { rootKey } = await ring.rotate(now)
  const stored = JSON.stringify([...secrets.rows])
  for (const key of [rootKey, masterKey]) {
    expect(stored).not.toContain(Buffer.from(key).toString('base64url'))
  }
})
