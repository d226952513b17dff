import { expect, test } from 'vitest'
import { unclearAddresses } from '../../test/support/unclear-addresses.ts'
import { allowedUrl, trustedPages } from './allowed-url.ts'

const base = 'https://sso.example.com/am'
const patterns = ['https://app.example.com/*', 'https://*.tenant.example/done', 'http://127.0.0.1:9000/cb']

test.each([
  ['/enduser/?realm=/alpha', '/enduser/?realm=/alpha'],
  ['enduser/../x', '/x'],
  ['https://sso.example.com/elsewhere', 'https://sso.example.com/elsewhere'],
  ['https://app.example.com/a/b?c=d', 'https://app.example.com/a/b?c=d'],
  ['https://app.example.com', 'https://app.example.com/'],
  ['//app.example.com/x', 'https://app.example.com/x'],
  ['https://one.tenant.example/done', 'https://one.tenant.example/done'],
  ['http://127.0.0.1:9000/cb?code=1', 'http://127.0.0.1:9000/cb?code=1'],
])('allows %s', (text, resolved) => {
  expect(allowedUrl(text, base, patterns)).toBe(resolved)
})

test.each([
  ...unclearAddresses,
  'https://app.example.com.evil.example/',
  'https://a.b.tenant.example/done',
  'https://one.tenant.example/done/more',
  'http://app.example.com/',
  'http://127.0.0.1:9001/cb',
  'https://',
])('refuses %s', (text) => {
  expect(allowedUrl(text, base, patterns)).toBeUndefined()
})

test.each(unclearAddresses)('no page of an application is %s', (text) => {
  const settings = { allowedUrls: patterns, corsOrigins: ['https://spa.example.com'] }
  // The function reads these settings only.
  const trusted = trustedPages({ settings } as Parameters<typeof trustedPages>[0], base)
  expect(trusted(text)).toBeUndefined()
  expect(trusted('https://spa.example.com/cb')).toBe('https://spa.example.com/cb')
})
