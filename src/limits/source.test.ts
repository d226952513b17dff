import { expect, test } from 'vitest'
import { failedPasswordLimits, limitsOfNetworks, networksOf, sourceOf } from './source.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('%o stands for %o', (address, source) => {
  expect(sourceOf(address)).toBe(source)
})

test.each([
  ['192.0.2.7', ['192.0.2.0/24', '192.0.2.7']],
  ['2001:db8:1:203:4::', ['2001:db8:1::/48', '2001:db8:1:200::/56', '2001:db8:1:203::/64']],
  ['2001:db8:1:3::4', ['2001:db8:1::/48', '2001:db8:1:0::/56', '2001:db8:1:3::/64']],
  ['', ['']],
])('%o lies in %o', (address, networks) => {
  expect(networksOf(address)).toEqual(networks)
})

test('counts wrong passwords per realm and network', () => {
  const windowMs = 600_000
  expect(failedPasswordLimits('/alpha', '2001:db8::9', 100)).toEqual([
    { key: '/alpha wrong passwords from 2001:db8:0:0::/64', max: 100, windowMs },
    { key: '/alpha wrong passwords from 2001:db8:0:0::/56', max: 400, windowMs },
    { key: '/alpha wrong passwords from 2001:db8:0::/48', max: 800, windowMs },
  ])
})

test('counts IPv4 by address, and keeps 0 as no limit', () => {
  const limit = { key: 'guesses', max: 0, windowMs: 1 }
  expect(limitsOfNetworks(limit, '192.0.2.7')).toEqual([{ ...limit, key: 'guesses from 192.0.2.7' }])
  expect(limitsOfNetworks(limit, '2001:db8::9').map(({ max }) => max)).toEqual([0, 0, 0])
})
