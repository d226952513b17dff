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

test('accepts the right password and returns the person without it', async () => {
  const verdict = await check(password)
  expect(verdict).toMatchObject({ kind: 'right', mustChange: false, person: { _id: id, userName: 'alex' } })
  expect(JSON.stringify(verdict)).not.toMatch(/argon2|Pass/)
})

test('tells a wrong password from an unknown username', async () => {
  expect(await check('wrong')).toEqual({ kind: 'wrong' })
  expect(await check(password, 'nobody')).toEqual({ kind: 'unknown' })
})

test('hashes a password for an unknown username too', async () => {
  const busy = new PasswordCheck(
    disk.store,
    new Passwords({ atOnce: 0, maxWaiting: 0 }),
    () => disk.clock.now,
    disk.guesses,
  )
  const someone = await disk.identities.find('/alpha', 'alex')
  for (const identity of [someone, undefined]) {
    await expect(busy.check(identity, password, lockout)).rejects.toThrow('Too many passwords are waiting')
  }
})

test('requires a change of a password set by an administrator', async () => {
  const sam = { ...alex, userName: 'sam' }
  await disk.identities.create('/alpha', sam, { mustChangePassword: true })
  expect(await check(password, 'sam')).toMatchObject({ kind: 'right', mustChange: true })
})

test('reports an inactive person as locked for any password', async () => {
  await disk.identities.patch('/alpha', id, [
    { operation: 'replace', field: '/accountStatus', value: 'inactive' },
  ])
  expect(await check(password)).toEqual({ kind: 'locked' })
  expect(await check('wrong')).toEqual({ kind: 'locked' })
  expect((await failures()).count).toBe(0)
})

describe('lockout', () => {
  test('starts with the last allowed failure and ends after its time', async () => {
    await lock()
    expect(await check(password)).toEqual({ kind: 'locked' })
    expect(await check('wrong')).toEqual({ kind: 'locked' })
    disk.clock.now += lockout.lockSeconds * 1000
    expect(await check(password)).toMatchObject({ kind: 'right' })
    expect(await failures()).toEqual({ count: 0, lastAt: 0, lockedUntil: 0 })
  })

  test('starts counting again after a right password', async () => {
    await check('wrong')
    await check('wrong')
    await check(password)
    await check('wrong')
    expect(await check(password)).toMatchObject({ kind: 'right' })
  })

  test('counts all concurrent guesses, and refuses a right password after them', async () => {
    const identity = await disk.identities.find('/alpha', 'alex')
    const guesses = [...Array(20).fill('wrong'), password]
    const verdicts = await Promise.all(
      guesses.map((guess) => disk.identities.checkPassword(identity, guess, lockout)),
    )
    const kinds = verdicts.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(lockout.maxFailures)
    expect(kinds.at(-1)).toBe('locked')
  })

  test('keeps the revision, so that a wrong password breaks no change in progress', async () => {
    await check('wrong')
    expect((await disk.identities.read('/alpha', id)).rev).toBe(1)
  })

  test('ends when the person is unlocked', async () => {
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

  test('applies only to the address', async () => {
    await lock()
    const origin = { address: '192.0.2.9', hasBrowserCookie: false, browserOf: () => undefined }
    const identity = await disk.identities.find('/alpha', 'alex')
    const verdict = await disk.identities.checkPassword(identity, password, lockout, origin)
    expect(verdict).toMatchObject({ kind: 'right' })
  })

  describe('after too many consecutive failures from many addresses', () => {
    const policy = { ...lockout, maxFailuresInARow: 5 }
    let host = 0
    const from = async (attempt: string, device?: string) => {
      const origin = {
        address: `192.0.2.${++host}`,
        hasBrowserCookie: device !== undefined,
        browserOf: () => device,
      }
      const identity = await disk.identities.find('/alpha', 'alex')
      return (await disk.identities.checkPassword(identity, attempt, policy, origin)).kind
    }

    test('gives unknown browsers one attempt a day', async () => {
      for (let guess = 0; guess < 5; guess++) expect(await from('wrong')).toBe('wrong')
      expect(await from(password)).toBe('locked')
      disk.clock.now += 86_400_000
      expect(await from('wrong')).toBe('wrong')
      expect(await from(password)).toBe('locked')
      disk.clock.now += 86_400_000
      expect(await from(password)).toBe('right')
      expect(await from('wrong')).toBe('wrong')
    })

    test('counts only the last allowed of many concurrent guesses', async () => {
      const kinds = await Promise.all(Array.from({ length: 20 }, () => from('wrong')))
      expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(5)
    })

    test('does not affect known browsers', async () => {
      for (let guess = 0; guess < 5; guess++) await from('wrong')
      expect(await from(password, 'laptop')).toBe('right')
    })
  })

  test('never happens if no maximum of failures is set', async () => {
    const identity = await disk.identities.find('/alpha', 'alex')
    const off = { ...lockout, maxFailures: 0 }
    for (let count = 0; count < 5; count++) await disk.identities.checkPassword(identity, 'wrong', off)
    expect(await disk.identities.checkPassword(identity, password, off)).toMatchObject({ kind: 'right' })
  })
})
