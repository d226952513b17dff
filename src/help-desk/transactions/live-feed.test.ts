import { expect, test } from 'vitest'
import { createLiveFeed } from './live-feed.ts'

test('after lost wake-ups, all readers read, and at most fifty at once', async () => {
  const feed = createLiveFeed()
  let reading = 0
  let most = 0
  let done = 0
  const { promise: allDone, resolve } = Promise.withResolvers<void>()
  const count = 500
  for (let number = 0; number < count; number++) {
    const wake = async () => {
      most = Math.max(most, ++reading)
      await new Promise(setImmediate)
      reading--
      if (++done === count) resolve()
    }
    feed.subscribe(`transaction ${number}`, { wake, leave: () => undefined })
  }
  feed.wakeUp()
  await allDone
  expect(most).toBe(50)
})

test('wakes each reader of a transaction until it unsubscribes', () => {
  const feed = createLiveFeed()
  const woken: string[] = []
  const readerOf = (name: string) => ({ wake: () => void woken.push(name), leave: () => undefined })
  const [first, second] = [readerOf('first'), readerOf('second')]
  feed.subscribe('a', first)
  feed.subscribe('a', second)
  feed.subscribe('b', readerOf('other'))
  feed.changed('a')
  feed.unsubscribe('a', first)
  feed.unsubscribe('a', first)
  feed.wakeUp('a')
  expect(woken).toEqual(['first', 'second', 'second'])
})
