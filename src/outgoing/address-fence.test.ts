import { expect, test } from 'vitest'
import { fencedLookup, isPublicAddress } from './address-fence.ts'

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::',
  '::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  '2001::1',
  'fec0::1',
  '::ffff:0:127.0.0.1',
  '64:ff9b:1::1',
  '100::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'localhost',
  '',
])('%s is fenced off', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '2a00::1',
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('connects to the checked address even if the name then resolves to a private one', async () => {
  const answers = ['93.184.216.34', '127.0.0.1']
  // The resolver has overloads; lookups use this one.
  const resolve = ((_host: string, _options: object, done: (error: null, all: object[]) => void) =>
    done(null, [{ address: answers.shift(), family: 4 }])) as unknown as typeof import('node:dns').lookup
  const refusal = () => new Error('refused')
  const look = fencedLookup({ host: 'rebinding.example.com', isListed: false, refusal, resolve })
  const asked = () =>
    new Promise((done) => look('rebinding.example.com', {}, (error, address) => done(error ?? address)))
  expect(await asked()).toBe('93.184.216.34')
  expect(answers).toEqual(['127.0.0.1'])
  expect(await asked()).toEqual(refusal())
})
