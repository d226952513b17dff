import { expect, test } from 'vitest'
import { OperationError } from '../../errors.ts'
import { Passwords } from './passwords.ts'

test('a hash is a PHC string that only its password fits', async () => {
  const passwords = new Passwords()
  const hash = await passwords.hash('correct horse')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.verify(hash, 'correct horse')).toBe(true)
  expect(await passwords.verify(hash, 'wrong horse')).toBe(false)
})

test('the same password never hashes to the same text', async () => {
  const passwords = new Passwords()
  expect(await passwords.hash('correct horse')).not.toBe(await passwords.hash('correct horse'))
})

test('without a hash nothing fits', async () => {
  expect(await new Passwords().verify(undefined, '')).toBe(false)
})

test('those who find no core wait their turn', async () => {
  const passwords = new Passwords({ atOnce: 1 })
  const hashes = await Promise.all(['a', 'b', 'c'].map((password) => passwords.hash(password)))
  expect(new Set(hashes).size).toBe(3)
})

test('when too many wait, the next one is refused and the others still get their answer', async () => {
  const passwords = new Passwords({ atOnce: 1, maxWaiting: 1 })
  const first = passwords.hash('a')
  const second = passwords.hash('b')
  await expect(passwords.hash('c')).rejects.toThrow(OperationError)
  await expect(Promise.all([first, second])).resolves.toHaveLength(2)
  await expect(passwords.hash('d')).resolves.toContain('$argon2id$')
})

test('a hash that cannot be read fails without being shown', async () => {
  const passwords = new Passwords({ atOnce: 1 })
  await expect(passwords.verify('not-a-hash', 'a')).rejects.toThrow(/^(?!.*not-a-hash)/)
  await expect(passwords.hash('b')).resolves.toContain('$argon2id$')
})
