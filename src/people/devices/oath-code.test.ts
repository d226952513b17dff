import { expect, test } from 'vitest'
import { base32, counterOf } from './oath-code.ts'

/** Key and first codes of RFC 4226, appendix D. */
const secret = Buffer.from('12345678901234567890').toString('hex')
const codes = ['755224', '287082', '359152', '969429', '338314']
const given = { secret, counter: 0, back: 0, ahead: 0, hash: 'sha1' } as const

test.each(codes.map((code, counter) => [counter, code] as const))(
  'counter %i of the example of RFC 4226 gives %s',
  async (counter, code) => {
    expect(await counterOf({ ...given, counter, code })).toBe(counter)
  },
)

/** RFC 6238, appendix B: the keys are as long as the hash. */
test.each([
  ['sha1', 20, 59, '94287082'],
  ['sha256', 32, 59, '46119246'],
  ['sha512', 64, 59, '90693936'],
  ['sha1', 20, 1_111_111_109, '07081804'],
] as const)('the example of RFC 6238 with %s', async (hash, length, seconds, code) => {
  const long = Buffer.from('1234567890'.repeat(7).slice(0, length)).toString('hex')
  const counter = Math.floor(seconds / 30)
  expect(await counterOf({ ...given, secret: long, hash, counter, code })).toBe(counter)
})

test('finds a code only within the allowed window', async () => {
  const at = (counter: number, back: number, ahead: number) =>
    counterOf({ ...given, code: '359152', counter, back, ahead })
  expect(await at(0, 0, 2)).toBe(2)
  expect(await at(0, 0, 1)).toBeUndefined()
  expect(await at(4, 2, 0)).toBe(2)
  expect(await at(4, 1, 5)).toBeUndefined()
})

test('supports a window of a hundred as in AM, and one that begins before zero', async () => {
  expect(await counterOf({ ...given, code: '338314', ahead: 100 })).toBe(4)
  expect(await counterOf({ ...given, code: '755224', counter: 1, back: 5, ahead: 5 })).toBe(0)
})

test.each(['', '12345', '1234567', 'abcdef', '75522４', '-75522'])('rejects %j', async (code) => {
  expect(await counterOf({ ...given, code, ahead: 10 })).toBeUndefined()
})

test('encodes a key in base 32 without padding', async () => {
  expect(await base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(await base32('00')).toBe('AA')
})
