import { expect, test } from 'vitest'
import { sum } from '../../quality/torture/book.ts'
import { torture } from '../../quality/torture/torture.ts'

// The short form of `npm run torture`.

test('no acknowledged data are lost while servers and their database are killed, paused and disconnected', async () => {
  const { book } = await torture({
    seconds: 5,
    servers: 2,
    isPlanted: false,
    withFaults: true,
    players: 4,
    mustStop: () => false,
  })
  expect(book.problems).toEqual([])
  expect(sum(book.operations)).toBeGreaterThan(0)
  expect(sum(book.faults)).toBeGreaterThan(0)
})

test('torture detects a store without its guards', async () => {
  const { book } = await torture({
    seconds: 30,
    servers: 0,
    isPlanted: true,
    withFaults: false,
    players: 4,
    mustStop: ({ problems }) => problems.length > 0,
  })
  expect(book.problems).not.toEqual([])
})
