import { expect, test } from 'vitest'
import type { Json } from '../engine/json.ts'
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

test('what is sealed already is not sealed again; what only looks so is', () => {
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
])('%j holds no secret', (value, stored) => {
  expect(sealValue(sealer, value)).toEqual(stored)
})

test('labels are those of variables', () => {
  expect(labelIn('&{esv.my.key}')).toBe('my.key')
  expect(labelIn({ $string: '&{my-key}' })).toBe('my-key')
  expect([labelIn('esv.my.key'), labelIn('a &{esv.b}'), labelIn(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('nothing sealed is shown, however deep; the rest is as it was', () => {
  const sealed = sealValue(sealer, 'hunter2')
  const json = { a: sealed, b: [{ c: sealed, d: 'sealed: by hand' }], e: 1 }
  expect(withoutSealed(json)).toEqual({ a: null, b: [{ c: null, d: 'sealed: by hand' }], e: 1 })
  expect(withoutSealed(json, secretMask)).toMatchObject({ a: secretMask })
})

test('what another installation sealed does not open', () => {
  expect(() => openValues(sealer, { key: sealValue(stranger, 'x') })).toThrow(SealError)
})
