import { expect, test } from 'vitest'
import { isAllowedUrl } from './allowed-url.ts'

const base = 'https://sso.example.com/am'
const patterns = ['https://app.example.com/*', 'https://*.tenant.example/done', 'http://127.0.0.1:9000/cb']

test.each([
  '/enduser/?realm=/alpha',
  'https://sso.example.com/elsewhere',
  'https://app.example.com/a/b?c=d',
  'https://one.tenant.example/done',
  'http://127.0.0.1:9000/cb?code=1',
])('allows %s', (url) => {
  expect(isAllowedUrl(url, base, patterns)).toBe(true)
})

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  'https:\\\\evil.example',
  'https://app.example.com@evil.example/',
  'https://app.example.com.evil.example/',
  'https://a.b.tenant.example/done',
  'https://one.tenant.example/done/more',
  'http://app.example.com/',
  'javascript:alert(1)',
  'https://app.example.com\t.evil.example/',
  'http://127.0.0.1:9001/cb',
  'https://',
])('refuses %s', (url) => {
  expect(isAllowedUrl(url, base, patterns)).toBe(false)
})
