import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import type { Stores } from '../store/stores.ts'
import { type Guess, Guesses, type GuessOrigin, type GuessPolicy } from './guesses.ts'
import { Limits } from './limits.ts'

const minute = 60_000
const day = 86_400_000
const policy: GuessPolicy = { maxFailures: 3, windowSeconds: 600, lockSeconds: 300, maxFailuresInARow: 7 }

let stores: Stores
let now: number
let guesses: Guesses
beforeEach(async () => {
  stores = await openNewStores()
  now = 1_800_000_000_000
  guesses = new Guesses(new Limits(stores.limits, () => now))
})
afterEach(() => stores.close())

const from = (address: string, device?: string): GuessOrigin => ({
  address,
  hasBrowserCookie: device !== undefined,
  browserOf: () => device,
})
const guessFrom = (origin: GuessOrigin, factor: Guess['factor'] = 'oath', owner = 'alex'): Guess => ({
  realm: '/alpha',
  owner,
  factor,
  origin,
})

async function tries(guess: Guess, times = 1) {
  const kinds: string[] = []
  for (let done = 0; done < times; done++) {
    kinds.push((await guesses.count(guess, await guesses.placeOf(guess, policy), policy)).kind)
  }
  return kinds
}

async function succeeds(guess: Guess) {
  const place = await guesses.placeOf(guess, policy)
  expect(await guesses.count(guess, place, policy)).toMatchObject({ kind: 'counted' })
  await guesses.clear(place)
}

test('locks one address for minutes', async () => {
  const guess = guessFrom(from('192.0.2.1'))
  expect(await tries(guess, 4)).toEqual(['counted', 'counted', 'counted', 'locked'])
  expect(await tries(guessFrom(from('192.0.2.2')))).toEqual(['counted'])
  now += 5 * minute
  expect(await tries(guess)).toEqual(['counted'])
})

test('checks no more racing attempts than the limit', async () => {
  const guess = guessFrom(from('192.0.2.1'))
  const place = await guesses.placeOf(guess, policy)
  const counted = await Promise.all(Array.from({ length: 30 }, () => guesses.count(guess, place, policy)))
  expect(counted.filter(({ kind }) => kind === 'counted')).toHaveLength(3)
})

test('counts per factor, person and realm', async () => {
  const origin = from('192.0.2.1')
  await tries(guessFrom(origin), 4)
  expect(await tries(guessFrom(origin, 'recovery'))).toEqual(['counted'])
  expect(await tries(guessFrom(origin, 'oath', 'sam'))).toEqual(['counted'])
  expect(await tries({ ...guessFrom(origin), realm: '/beta' })).toEqual(['counted'])
})

describe('consecutive failures from many addresses', () => {
  const spread = async (factor: Guess['factor'], times: number) => {
    const kinds: string[] = []
    for (let host = 0; host < times; host++) {
      kinds.push(...(await tries(guessFrom(from(`192.0.2.${host}`), factor))))
    }
    return kinds
  }

  test('lock an authenticator app until it is unlocked', async () => {
    expect(await spread('oath', 9)).toEqual([...Array(7).fill('counted'), 'locked', 'locked'])
    now += 400 * day
    expect(await tries(guessFrom(from('198.51.100.1')))).toEqual(['locked'])
    await guesses.reset('/alpha', 'alex')
    expect(await tries(guessFrom(from('198.51.100.1')))).toEqual(['counted'])
  })

  test('lock one-time codes for a day', async () => {
    expect(await spread('code', 8)).toEqual([...Array(7).fill('counted'), 'locked'])
    now += day
    expect(await spread('code', 1)).toEqual(['counted'])
  })

  test('start again after a success', async () => {
    await spread('oath', 6)
    await succeeds(guessFrom(from('198.51.100.1')))
    expect(await tries(guessFrom(from('198.51.100.1')))).toEqual(['counted'])
  })

  test('are not cleared by a success with another factor', async () => {
    await spread('oath', 7)
    await succeeds(guessFrom(from('192.0.2.1'), 'recovery'))
    expect(await tries(guessFrom(from('198.51.100.1')))).toEqual(['locked'])
  })
})

describe('a known browser', () => {
  const known = () => guessFrom(from('192.0.2.1', 'laptop'))

  test('is not locked by failures elsewhere, even at the same address', async () => {
    for (let host = 0; host < 9; host++) await tries(guessFrom(from(`192.0.2.${host}`)))
    await tries(guessFrom(from('192.0.2.1')), 4)
    expect(await tries(known())).toEqual(['counted'])
  })

  test('is locked by its own failures', async () => {
    expect(await tries(known(), 4)).toEqual(['counted', 'counted', 'counted', 'locked'])
  })

  test('counts as unknown after too many consecutive failures', async () => {
    for (let round = 0; round < 3; round++) {
      await tries(known(), 3)
      now += 10 * minute
    }
    expect((await guesses.placeOf(known(), policy)).isKnown).toBe(false)
  })

  test('does not unlock other browsers by a success', async () => {
    for (let host = 0; host < 7; host++) await tries(guessFrom(from(`192.0.2.${host}`)))
    await succeeds(known())
    expect(await tries(guessFrom(from('198.51.100.1')))).toEqual(['locked'])
  })
})

test('reports an attack once an hour per person', async () => {
  const alarms = async (guess: Guess, times: number) => {
    let count = 0
    for (let done = 0; done < times; done++) {
      const counted = await guesses.count(guess, await guesses.placeOf(guess, policy), policy)
      if (counted.kind === 'counted' && counted.isAlarm) count++
    }
    return count
  }
  expect(await alarms(guessFrom(from('192.0.2.1')), 5)).toBe(1)
  expect(await alarms(guessFrom(from('192.0.2.2')), 5)).toBe(0)
  expect(await alarms(guessFrom(from('192.0.2.2'), 'oath', 'sam'), 5)).toBe(1)
  now += 61 * minute
  expect(await alarms(guessFrom(from('192.0.2.1'), 'kba'), 5)).toBe(1)
})

test('reports twenty consecutive failures from any number of addresses', async () => {
  const wide = { ...policy, maxFailuresInARow: 100 }
  const alarms: number[] = []
  for (let host = 1; host <= 30; host++) {
    const guess = guessFrom(from(`192.0.2.${host}`))
    const counted = await guesses.count(guess, await guesses.placeOf(guess, wide), wide)
    if (counted.kind === 'counted' && counted.isAlarm) alarms.push(host)
  }
  expect(alarms).toEqual([20])
})

test('locks consecutive failures even if address locks are off', async () => {
  const guess = guessFrom(from('192.0.2.1'))
  const open = { ...policy, maxFailures: 0 }
  const kinds: string[] = []
  for (let done = 0; done < 8; done++) {
    kinds.push((await guesses.count(guess, await guesses.placeOf(guess, open), open)).kind)
  }
  expect(kinds).toEqual([...Array(7).fill('counted'), 'locked'])
})
