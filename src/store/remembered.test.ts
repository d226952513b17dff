import { beforeEach, expect, test } from 'vitest'
import type { Database } from './database.ts'
import { type Remembered, rememberedUntilWritten } from './remembered.ts'

let version: number | undefined
let stored: { count: number }
let reads: number
let remembered: Remembered<{ count: number }>
beforeEach(() => {
  version = 0
  stored = { count: 0 }
  reads = 0
  // Only the number of writes matters here.
  remembered = rememberedUntilWritten({ writesTo: () => version } as unknown as Database, 'table')
})

const read = (key = 'a') =>
  remembered(key, async () => {
    reads++
    return { ...stored }
  })

function write() {
  version = (version ?? 0) + 1
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

test('always reads with several writers, or from a closed database', async () => {
  version = undefined
  await read()
  await read()
  expect(reads).toBe(2)
})

test('remembers a read entry by a second key', async () => {
  await remembered(
    'a',
    async () => ({ ...stored }),
    ({ count }) => `count ${count}`,
  )
  expect(await read('count 0')).toEqual({ count: 0 })
  expect(reads).toBe(0)
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
