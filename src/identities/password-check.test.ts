import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  alex,
  type IdentitiesOnDisk,
  identitiesOnDisk,
  lockout,
  password,
} from '../../test/identities-on-disk.ts'
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

  test('never comes where no number of failures is set', async () => {
    const held = await disk.identities.find('/alpha', 'alex')
    const off = { ...lockout, maxFailures: 0 }
    for (let count = 0; count < 5; count++) await disk.identities.checkPassword(held, 'wrong', off)
    expect(await disk.identities.checkPassword(held, password, off)).toMatchObject({ kind: 'right' })
  })
})
