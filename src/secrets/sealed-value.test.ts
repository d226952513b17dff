import { expect, test } from 'vitest'
import type { Json } from '../base/json.ts'
import { createSealer, SealError } from './seal.ts'
import { isSealed, labelIn, openValues, sealValue, secretMask, withoutSealed } from './sealed-value.ts'

const sealer = createSealer(new Uint8Array(32).fill(1))
const stranger = createSealer(new Uint8Array(32).fill(2))

test.each<Json>(['hunter2', { $crypto: { value: 'x' } }, 7, ['a']])('%j is sealed and opened', (value) => {
  const sealed = sealValue(sealer, value)
  expect(isSealed(sealed)).toBe(true)
  expect(JSON.stringify(sealed)).not.toContain('hunter2')
  expect(openValues(sealer, { sealed })).toEqual({ sealed: value })
})

test('seals a value once, and seals a foreign value that only looks sealed', () => {
  const sealed = sealValue(sealer, 'once')
  expect(sealValue(sealer, sealed)).toBe(sealed)
  const foreign = sealValue(stranger, 'once')
  expect(openValues(sealer, { key: sealValue(sealer, foreign) })).toEqual({ key: foreign })
})

test.each<[Json, Json]>([
  [null, null],
  [secretMask, null],
  ['', ''],
  ['&{esv.my.key}', '&{esv.my.key}'],
  [{ $string: '&{esv.my.key}' }, { $string: '&{esv.my.key}' }],
])('does not seal %j', (value, stored) => {
  expect(sealValue(sealer, value)).toEqual(stored)
})

test('reads the label of a variable', () => {
  expect(labelIn('&{esv.my.key}')).toBe('my.key')
  expect(labelIn({ $string: '&{my-key}' })).toBe('my-key')
  expect([labelIn('esv.my.key'), labelIn('a &{esv.b}'), labelIn(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('withoutSealed replaces sealed values at any depth and nothing else', () => {
  const sealed = sealValue(sealer, 'hunter2')
  const json = { a: sealed, b: [{ c: sealed, d: 'sealed: by hand' }], e: 1 }
  expect(withoutSealed(json)).toEqual({ a: null, b: [{ c: null, d: 'sealed: by hand' }], e: 1 })
  expect(withoutSealed(json, secretMask)).toMatchObject({ a: secretMask })
})

test('rejects a value that another installation sealed', () => {
  expect(() => openValues(sealer, { key: sealValue(stranger, 'x') })).toThrow(SealError)
})
