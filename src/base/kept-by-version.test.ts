import { expect, test } from 'vitest'
import { KeptByVersion } from './kept-by-version.ts'

let version = [1, 'a']
const kept = new KeptByVersion<string>(() => version)
const kept1 = (value: string, isKept = true) => kept.of('key', async () => ({ value, isKept }))

test('keeps a value until any part of the version changes, and nothing that is not to be kept', async () => {
  expect(await kept1('first')).toBe('first')
  expect(await kept1('second')).toBe('first')
  version = [1, 'b']
  expect(await kept1('second', false)).toBe('second')
  expect(await kept1('third')).toBe('third')
  version = [2, 'b']
  expect(await kept1('fourth')).toBe('fourth')
})

test('does not keep what was made while the version changed', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  version = [3, 'c']
  const early = kept.of('key', async () => ({ value: await promise, isKept: true }))
  await Promise.resolve()
  version = [4, 'c']
  expect(await kept1('now')).toBe('now')
  resolve('early')
  expect(await early).toBe('early')
  expect(await kept1('later')).toBe('now')
})
