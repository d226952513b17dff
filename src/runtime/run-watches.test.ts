import { expect, test } from 'vitest'
import { createSealer } from '../secrets/seal.ts'
import { RunWatches } from './run-watches.ts'
import type { StepStore } from './step-store.ts'

const start = 1_800_000_000_000

/** Watches with a clock that the test sets. No run has started. */
function watches() {
  const clock = { now: start }
  const steps: Partial<StepStore> = { watched: async () => undefined }
  const sealer = createSealer(new Uint8Array(32).fill(3))
  return { clock, watches: new RunWatches({ sealer, steps: steps as StepStore, now: () => clock.now }) }
}

test('accepts a key for five minutes', async () => {
  const { clock, watches: at } = watches()
  const { key, watch, expiresAt } = at.issue('/alpha', undefined)
  expect(expiresAt).toBe(start + 5 * 60_000)
  clock.now = expiresAt - 1
  expect(await at.admit(key, '/alpha', 'Login')).toEqual({ id: watch })
  clock.now = expiresAt
  await expect(at.admit(key, '/alpha', 'Login')).rejects.toMatchObject({ status: 400 })
})

test('accepts a key only for its realm, and for its journey if it names one', async () => {
  const { watches: at } = watches()
  const { key, watch } = at.issue('/alpha', 'Login')
  expect(await at.admit(key, '/alpha', 'Login')).toEqual({ id: watch })
  await expect(at.admit(key, '/alpha', 'Other')).rejects.toMatchObject({ status: 400 })
  await expect(at.admit(key, '/', 'Login')).rejects.toMatchObject({ status: 400 })
})

test('does not accept the name of a watch as a key', async () => {
  const { watches: at } = watches()
  const { watch, key } = at.issue('/alpha', undefined)
  expect(key).not.toContain(watch)
  await expect(at.admit(watch, '/alpha', 'Login')).rejects.toMatchObject({ status: 400 })
})

test('remembers the session that got the key', async () => {
  const { watches: at } = watches()
  const { key, watch } = at.issue('/alpha', undefined, { startedBy: 'hash-of-a-token' })
  expect(key).not.toContain('hash-of-a-token')
  expect(await at.admit(key, '/alpha', 'Login')).toEqual({ id: watch, startedBy: 'hash-of-a-token' })
})
