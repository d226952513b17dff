import { expect, test } from 'vitest'
import { believedHeader, clientAddress } from './client-address.ts'

// Only what is read of a socket.
const from = (ip: string, remoteAddress = '192.0.2.1') =>
  clientAddress({ ip, socket: { remoteAddress } as never })

test.each([
  ['192.0.2.9', '192.0.2.9'],
  ['::ffff:192.0.2.9', '192.0.2.9'],
  ['192.0.2.9:50123', '192.0.2.9'],
  ['2001:db8::1', '2001:db8::1'],
])('%s is the address %s', (told, address) => {
  expect(from(told)).toBe(address)
})

test.each(['', 'unknown', '<script>', '192.0.2.999'])('%o is no address: the peer counts', (told) => {
  expect(from(told, '::ffff:192.0.2.1')).toBe('192.0.2.1')
})

test('a peer that has gone has none', () => {
  expect(clientAddress({ socket: { remoteAddress: undefined } as never })).toBe('')
})

test('headers that name a client name the one that counts, and others stay', () => {
  expect(believedHeader('x-forwarded-for', ['203.0.113.5, 10.0.0.1'], '192.0.2.9')).toEqual(['192.0.2.9'])
  expect(believedHeader('x-real-ip', ['203.0.113.5'], '192.0.2.9')).toEqual(['192.0.2.9'])
  expect(believedHeader('forwarded', ['for=203.0.113.5'], '192.0.2.9')).toEqual([])
  expect(believedHeader('accept', ['*/*'], '192.0.2.9')).toEqual(['*/*'])
})
