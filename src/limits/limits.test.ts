import { expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import { waitOf } from './limit.ts'
import { Limits } from './limits.ts'

const limit = { key: '/alpha agent dana', max: 2, windowMs: 1000 }

test.each([
  ['no window', undefined, undefined],
  ['a window with room', { count: 1, endsAt: 500 }, undefined],
  ['a full window', { count: 2, endsAt: 500 }, 400],
  ['a window that is over', { count: 2, endsAt: 100 }, undefined],
])('waits if the limit is used up: %s', (_case, window, wait) => {
  expect(waitOf(limit, window, 100)).toBe(wait)
})

test('refuses with a wait time, counts nothing, and allows the next window', async () => {
  const stores = await openNewStores()
  let now = 0
  const limits = new Limits(stores.limits, () => now)
  expect(await limits.take(limit)).toMatchObject({ kind: 'taken', isLast: false })
  now = 400
  expect(await limits.wait(limit)).toBeUndefined()
  expect(await limits.take(limit)).toMatchObject({ kind: 'taken', isLast: true })
  expect(await limits.wait(limit)).toBe(600)
  expect(await limits.take(limit)).toEqual({ kind: 'full', waitMs: 600 })
  now = 1000
  expect(await limits.wait(limit)).toBeUndefined()
  expect(await limits.take(limit)).toMatchObject({ kind: 'taken', isLast: false })
  await stores.close()
})

test('treats 0 as no limit', async () => {
  const stores = await openNewStores()
  const limits = new Limits(stores.limits, () => 0)
  for (let started = 0; started < 5; started++) {
    expect(await limits.take({ ...limit, max: 0 })).toMatchObject({ kind: 'taken', isLast: false })
  }
  expect(await limits.wait({ ...limit, max: 0 })).toBeUndefined()
  expect(await stores.limits.read(limit.key, 0)).toBeUndefined()
  await stores.close()
})

test('counts an event for all limits or for none', async () => {
  const stores = await openNewStores()
  const limits = new Limits(stores.limits, () => 0)
  const narrow = { ...limit, key: 'narrow', max: 1 }
  expect(await limits.takeAll([limit, narrow])).toEqual({ kind: 'taken', usedUp: [narrow] })
  expect(await limits.takeAll([limit, narrow])).toEqual({ kind: 'full', limit: narrow, waitMs: 1000 })
  expect(await limits.countOf(limit.key)).toBe(1)
  expect(await limits.waitForAll([limit])).toBeUndefined()
  expect(await limits.waitForAll([limit, narrow])).toBe(1000)
  await limits.giveBackAll([limit, narrow])
  expect(await limits.countOf(limit.key)).toBe(0)
  expect(await limits.waitForAll([limit, narrow])).toBeUndefined()
  await stores.close()
})
