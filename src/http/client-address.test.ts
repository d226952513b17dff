import { expect, test } from 'vitest'
import { clientAddress, trustedHeader } from './client-address.ts'

// The only member that is read.
const from = (ip: string, remoteAddress = '192.0.2.1') =>
  clientAddress({ ip, socket: { remoteAddress } as never })

test.each([
  ['192.0.2.9', '192.0.2.9'],
  ['::ffff:192.0.2.9', '192.0.2.9'],
  ['192.0.2.9:50123', '192.0.2.9'],
  ['2001:db8::1', '2001:db8::1'],
])('reads %s as %s', (forwarded, address) => {
  expect(from(forwarded)).toBe(address)
})

test.each(['', 'unknown', '<script>', '192.0.2.999'])('uses the peer instead of %o', (forwarded) => {
  expect(from(forwarded, '::ffff:192.0.2.1')).toBe('192.0.2.1')
})

test('is empty for a disconnected peer', () => {
  expect(clientAddress({ socket: { remoteAddress: undefined } as never })).toBe('')
})

test('replaces headers with a client address by the trusted one and keeps other headers', () => {
  expect(trustedHeader('x-forwarded-for', ['203.0.113.5, 10.0.0.1'], '192.0.2.9')).toEqual(['192.0.2.9'])
  expect(trustedHeader('x-real-ip', ['203.0.113.5'], '192.0.2.9')).toEqual(['192.0.2.9'])
  expect(trustedHeader('forwarded', ['for=203.0.113.5'], '192.0.2.9')).toEqual([])
  expect(trustedHeader('accept', ['*/*'], '192.0.2.9')).toEqual(['*/*'])
})
