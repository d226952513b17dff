import { expect, test } from 'vitest'
import { totp } from './totp.ts'

// The secret and values of RFC 4226, appendix D, and RFC 6238, appendix B.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  ['otpauth://hotp/Larkfield:alex?counter=0', 0, '755224'],
  ['otpauth://hotp/Larkfield:alex?counter=1', 59_000, '287082'],
  ['otpauth://totp/Larkfield:alex?period=30&digits=8', 59_000, '94287082'],
])('%s shows its code', (uri, now, code) => {
  expect(totp(`${uri}&secret=${secret}`, now)).toBe(code)
})
