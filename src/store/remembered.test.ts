import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ReadMemory } from '../base/request-memory.ts'
import type { Database } from './database.ts'
import { type Remembered, rememberedUntilWritten } from './remembered.ts'

let version: number
let memory: ReadMemory | undefined
let stored: { count: number }
let reads: number
let remembered: Remembered<{ count: number }>
beforeEach(() => {
  version = 0
  stored = { count: 0 }
  reads = 0
  memory = { isShared: false }
  // Only the number of writes and the memory matter here.
  const database = { writesTo: () => version, memory: () => memory } as unknown as Database
  remembered = rememberedUntilWritten(database, 'table')
})

const read = (key = 'a', isLatest = false) =>
  remembered(
    key,
    async () => {
      reads++
      return { ...stored }
    },
    { isLatest },
  )

function write() {
  version++
  stored = { count: stored.count + 1 }
}

test('reads an entry once until the table is written', async () => {
  expect(await read()).toEqual({ count: 0 })
  expect(await read()).toEqual({ count: 0 })
  expect(reads).toBe(1)
  write()
  expect(await read()).toEqual({ count: 1 })
  expect(await read('b')).toEqual({ count: 1 })
  expect(reads).toBe(3)
})

test('does not keep an entry that was read before a write', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const slow = remembered('a', async () => {
    const early = { ...stored }
    await promise
    return early
  })
  write()
  expect(await read()).toEqual({ count: 1 })
  resolve()
  expect(await slow).toEqual({ count: 0 })
  expect(await read()).toEqual({ count: 1 })
})

test('always reads outside of a request to a database of several servers', async () => {
  memory = undefined
  await read()
  await read()
  expect(reads).toBe(2)
})

describe('what other servers may write meanwhile', () => {
  beforeEach(() => {
    memory = { isShared: true }
  })
  afterEach(() => vi.useRealTimers())

  test('is read once in a request, and again in the next', async () => {
    await read()
    await read()
    expect(reads).toBe(1)
    memory = { isShared: true }
    await read()
    expect(reads).toBe(2)
  })

  test('is read again for its latest state, which the request then remembers', async () => {
    await read()
    stored = { count: 7 }
    expect(await read('a', true)).toEqual({ count: 7 })
    expect(await read()).toEqual({ count: 7 })
    expect(reads).toBe(2)
  })

  test('is read again by a request that has waited for a second', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    await read()
    vi.advanceTimersByTime(1001)
    await read()
    expect(reads).toBe(2)
  })
})

test('is not read again for its latest state if nobody else writes', async () => {
  await read()
  await read('a', true)
  expect(reads).toBe(1)
})

test('remembers a read entry by a second key', async () => {
  await remembered('a', async () => ({ ...stored }), { others: (entry) => [[`count ${entry.count}`, entry]] })
  expect(await read('count 0')).toEqual({ count: 0 })
  expect(reads).toBe(0)
})

test('reads an entry once for all who ask meanwhile, and again for who needs the latest', async () => {
  memory = { isShared: true }
  expect(await Promise.all([read(), read(), read('a', true)])).toHaveLength(3)
  expect(reads).toBe(2)
})

test('asks again after a failed read', async () => {
  const failing = remembered('a', async () => {
    throw new Error('lost')
  })
  await expect(failing).rejects.toThrow('lost')
  expect(await read()).toEqual({ count: 0 })
})

test('keeps neither very long keys nor very many', async () => {
  await read('x'.repeat(301))
  await read('x'.repeat(301))
  expect(reads).toBe(2)
  for (let count = 0; count < 501; count++) await read(`key ${count}`)
  await read('key 0')
  expect(reads).toBe(504)
})

test('returns entries that cannot be changed', async () => {
  const entry = await read()
  expect(() => Object.assign(entry, { count: 9 })).toThrow(TypeError)
})
