import { expect, test } from 'vitest'
import { OperationError } from '../../base/errors.ts'
import { Passwords } from './passwords.ts'

test('makes a PHC string that only its password matches', async () => {
  const passwords = new Passwords()
  const hash = await passwords.hash('correct horse')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.verify(hash, 'correct horse')).toBe(true)
  expect(await passwords.verify(hash, 'wrong horse')).toBe(false)
})

test('never makes the same hash twice', async () => {
  const passwords = new Passwords()
  expect(await passwords.hash('correct horse')).not.toBe(await passwords.hash('correct horse'))
})

test('matches nothing without a hash', async () => {
  expect(await new Passwords().verify(undefined, '')).toBe(false)
})

test('queues work when all cores are busy', async () => {
  const passwords = new Passwords({ atOnce: 1 })
  const hashes = await Promise.all(['a', 'b', 'c'].map((password) => passwords.hash(password)))
  expect(new Set(hashes).size).toBe(3)
})

test('refuses work when the queue is full, and still answers queued work', async () => {
  const passwords = new Passwords({ atOnce: 1, maxWaiting: 1 })
  const first = passwords.hash('a')
  const second = passwords.hash('b')
  await expect(passwords.hash('c')).rejects.toThrow(OperationError)
  await expect(Promise.all([first, second])).resolves.toHaveLength(2)
  await expect(passwords.hash('d')).resolves.toContain('$argon2id$')
})

test('rejects an invalid hash without including it in the error', async () => {
  const passwords = new Passwords({ atOnce: 1 })
  await expect(passwords.verify('not-a-hash', 'a')).rejects.toThrow(/^(?!.*not-a-hash)/)
  await expect(passwords.hash('b')).resolves.toContain('$argon2id$')
})
