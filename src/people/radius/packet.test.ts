import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { accessRequest, fitsRequest, hiddenPassword, readAnswer, responseAuthenticator } from './packet.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s+/g, ''), 'hex')
const secret = Buffer.from('xyzzy5461')

describe('examples of RFC 2865, section 7, and RFC 5997, section 6', () => {
  const authenticator = hex('0f 40 3f 94 73 97 80 57 bd 83 d5 cb 98 f4 22 7a')

  test('hides a password', () => {
    expect(hiddenPassword('arctangent', secret, authenticator)).toEqual(
      hex('0d be 70 8d 93 d4 13 ce 31 96 e4 3f 78 2a 0a ee'),
    )
  })

  test('proves an answer', () => {
    const answer = hex(
      `02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf 9b 55 e0 b2
       06 06 00 00 00 01 0f 06 00 00 00 00 0e 06 c0 a8 01 03`,
    )
    expect(responseAuthenticator(answer, { authenticator, secret })).toEqual(answer.subarray(4, 20))
  })

  test('proves a challenge', () => {
    const answer = hex(
      `0b 02 00 4e 36 f3 c8 76 4a e8 c7 11 57 40 3c 0c 71 ff 9c 45 12 30 43 68 61 6c 6c 65 6e 67 65 20 33 32 37 36 39 34
       33 30 2e 20 20 45 6e 74 65 72 20 72 65 73 70 6f 6e 73 65 20 61 74 20 70 72 6f 6d 70 74 2e 18 0a 33 32 37 36 39 34 33 30`,
    )
    const request = {
      authenticator: hex('f3 a4 7a 1f 6a 6d 76 71 0b 94 7a b9 30 41 a0 39'),
      secret,
      identifier: 2,
    }
    expect(responseAuthenticator(answer, request)).toEqual(answer.subarray(4, 20))
    // It is from before attacks were known, and has no Message-Authenticator.
    expect(() => readAnswer(answer, request)).toThrow('no Message-Authenticator')
  })

  test('signs a whole packet with its Message-Authenticator', () => {
    const status = hex(
      `0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02 18 5d 06 23 50 12 5a 66 5e 2e 1e 84 11 f3 e2 43 82 20 97 c8 4f a3`,
    )
    const unsigned = Buffer.from(status).fill(0, 22)
    expect(createHmac('md5', secret).update(unsigned).digest()).toEqual(status.subarray(22))
  })
})

test('a request begins with a Message-Authenticator over all of it', () => {
  const packet = accessRequest({
    identifier: 7,
    authenticator: Buffer.alloc(16, 1),
    secret,
    userName: 'kim',
    password: 'a password of more than sixteen bytes',
    state: Buffer.from('state'),
  })
  expect(packet.readUInt16BE(2)).toBe(packet.length)
  expect(packet.subarray(20, 22)).toEqual(hex('50 12'))
  const unsigned = Buffer.from(packet).fill(0, 22, 38)
  expect(createHmac('md5', secret).update(unsigned).digest()).toEqual(packet.subarray(22, 38))
  expect(packet.includes('password')).toBe(false)
  expect(packet.subarray(-5).toString()).toBe('state')
})

test.each([
  ['kim', 'x'.repeat(128), true],
  ['kim', 'ü'.repeat(65), false],
  ['k'.repeat(254), 'x', false],
  ['kim', 'right\0', false],
  ['kim', '\0', false],
])('whether %s and a password fit', (name, password, fits) => {
  expect(fitsRequest(name, password)).toBe(fits)
})
