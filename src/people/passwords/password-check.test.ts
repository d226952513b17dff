import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  alex,
  type IdentitiesOnDisk,
  identitiesOnDisk,
  lockout,
  password,
} from '../../../test/support/identities-on-disk.ts'
import { PasswordCheck } from './password-check.ts'
import { Passwords } from './passwords.ts'

let disk: IdentitiesOnDisk
let id: string
beforeEach(async () => {
  disk = await identitiesOnDisk()
  id = (await disk.identities.create('/alpha', alex)).id
})
afterEach(() => disk.close())

const check = async (attempt: string, name = 'alex') =>
  disk.identities.checkPassword(await disk.identities.find('/alpha', name), attempt, lockout)

const failures = async () => (await disk.identities.read('/alpha', id)).failures

async function lock() {
  for (let count = 0; count < lockout.maxFailures; count++) await check('wrong')
}

test('the right password shows the person, without it', async () => {
  const verdict = await check(password)
  expect(verdict).toMatchObject({ kind: 'right', mustChange: false, person: { _id: id, userName: 'alex' } })
  expect(JSON.stringify(verdict)).not.toMatch(/argon2|Pass/)
})

test('a wrong password, and nobody at all', async () => {
  expect(await check('wrong')).toEqual({ kind: 'wrong' })
  expect(await check(password, 'nobody')).toEqual({ kind: 'unknown' })
})

test('nobody at all costs the work of a password, like somebody', async () => {
  const busy = new PasswordCheck(
    disk.store,
    new Passwords({ atOnce: 0, maxWaiting: 0 }),
    () => disk.clock.now,
    disk.guesses,
  )
  const someone = await disk.identities.find('/alpha', 'alex')
  for (const identity of [someone, undefined]) {
    await expect(busy.check(identity, password, lockout)).rejects.toThrow('Passwords are busy')
  }
})

test('a password that somebody else set has to be changed', async () => {
  const sam = { ...alex, userName: 'sam' }
  await disk.identities.create('/alpha', sam, { mustChangePassword: true })
  expect(await check(password, 'sam')).toMatchObject({ kind: 'right', mustChange: true })
})

test('an inactive person is locked, whatever the password', async () => {
  await disk.identities.patch('/alpha', id, [
    { operation: 'replace', field: '/accountStatus', value: 'inactive' },
  ])
  expect(await check(password)).toEqual({ kind: 'locked' })
  expect(await check('wrong')).toEqual({ kind: 'locked' })
  expect((await failures()).count).toBe(0)
})

describe('lockout', () => {
  test('comes with the last failure allowed and ends by time', async () => {
    await lock()
    expect(await check(password)).toEqual({ kind: 'locked' })
    expect(await check('wrong')).toEqual({ kind: 'locked' })
    disk.clock.now += lockout.lockSeconds * 1000
    expect(await check(password)).toMatchObject({ kind: 'right' })
    expect(await failures()).toEqual({ count: 0, lastAt: 0, lockedUntil: 0 })
  })

  test('starts over after a right password', async () => {
    await check('wrong')
    await check('wrong')
    await check(password)
    await check('wrong')
    expect(await check(password)).toMatchObject({ kind: 'right' })
  })

  test('counts every one of many guesses at once, and stops even a right one behind them', async () => {
    const held = await disk.identities.find('/alpha', 'alex')
    const guesses = [...Array(20).fill('wrong'), password]
    const verdicts = await Promise.all(
      guesses.map((guess) => disk.identities.checkPassword(held, guess, lockout)),
    )
    const kinds = verdicts.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(lockout.maxFailures)
    expect(kinds.at(-1)).toBe('locked')
  })

  test('leaves the revision: a wrong password spoils no change under way', async () => {
    await check('wrong')
    expect((await disk.identities.read('/alpha', id)).rev).toBe(1)
  })

  test('ends when somebody unlocks', async () => {
    await lock()
    await disk.identities.unlock({ realm: '/alpha', id })
    expect(await check(password)).toMatchObject({ kind: 'right' })
  })

  test('ends when an inactive person becomes active', async () => {
    await lock()
    for (const value of ['inactive', 'active']) {
      await disk.identities.patch('/alpha', id, [{ operation: 'replace', field: '/accountStatus', value }])
    }
    expect(await check(password)).toMatchObject({ kind: 'right' })
  })

  test('is for the address alone', async () => {
    await lock()
    const origin = { address: '192.0.2.9', hasDevice: false, deviceOf: () => undefined }
    const held = await disk.identities.find('/alpha', 'alex')
    const verdict = await disk.identities.checkPassword(held, password, lockout, origin)
    expect(verdict).toMatchObject({ kind: 'right' })
  })

  describe('after too many in a row from many addresses', () => {
    const policy = { ...lockout, maxFailuresInARow: 5 }
    let host = 0
    const from = async (attempt: string, device?: string) => {
      const origin = { address: `192.0.2.${++host}`, hasDevice: device !== undefined, deviceOf: () => device }
      const held = await disk.identities.find('/alpha', 'alex')
      return (await disk.identities.checkPassword(held, attempt, policy, origin)).kind
    }

    test('gives unknown devices one try a day', async () => {
      for (let guess = 0; guess < 5; guess++) expect(await from('wrong')).toBe('wrong')
      expect(await from(password)).toBe('locked')
      disk.clock.now += 86_400_000
      expect(await from('wrong')).toBe('wrong')
      expect(await from(password)).toBe('locked')
      disk.clock.now += 86_400_000
      expect(await from(password)).toBe('right')
      expect(await from('wrong')).toBe('wrong')
    })

    test('counts no more than the last of many at once', async () => {
      const kinds = await Promise.all(Array.from({ length: 20 }, () => from('wrong')))
      expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(5)
    })

    test('leaves known devices alone', async () => {
      for (let guess = 0; guess < 5; guess++) await from('wrong')
      expect(await from(password, 'laptop')).toBe('right')
    })
  })

  test('never comes where no number of failures is set', async () => {
    const held = await disk.identities.find('/alpha', 'alex')
    const off = { ...lockout, maxFailures: 0 }
    for (let count = 0; count < 5; count++) await disk.identities.checkPassword(held, 'wrong', off)
    expect(await disk.identities.checkPassword(held, password, off)).toMatchObject({ kind: 'right' })
  })
})
