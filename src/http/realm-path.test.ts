import { expect, test } from 'vitest'
import { canonicalUrl, canonicalUrls, endpointsOf, realmOfUserObject } from './realm-path.ts'

const endpoints = endpointsOf([
  { path: 'authenticate' },
  { path: 'global-config/realms' },
  { path: 'scripts/:id' },
  { path: 'serverinfo/:id' },
  { path: 'sessions' },
  { path: '/openidm/config' },
])

test.each([
  ['/am/json/realms/root/realms/alpha/authenticate?a=b', '/am/json/@/%2Falpha/authenticate?a=b'],
  ['/am/json/realms/root/authenticate', '/am/json/@/%2F/authenticate'],
  ['/am/json/realms/alpha/sessions/?_action=logout', '/am/json/@/%2Falpha/sessions/?_action=logout'],
  ['/am/json/realms/root/realms/a/realms/b/scripts/1', '/am/json/@/%2Fa%2Fb/scripts/1'],
  ['/am/json/alpha/authenticate', '/am/json/@/%2Falpha/authenticate'],
  ['/am/json/authenticate?realm=/alpha', '/am/json/@/%2Falpha/authenticate?realm=/alpha'],
  ['/am/json/authenticate?realm=alpha', '/am/json/@/%2Falpha/authenticate?realm=alpha'],
  ['/am/json/realms/root/realms//authenticate', '/am/json/@/%2F/realms//authenticate'],
  ['/am/json/serverinfo/*', '/am/json/@/%2F/serverinfo/*'],
  [
    '/am/json/global-config/realms/?_queryFilter=true',
    '/am/json/@/%2F/global-config/realms/?_queryFilter=true',
  ],
  ['/am/openidm/managed/alpha_user', '/openidm/managed/alpha_user'],
  ['/am/oauth2/alpha/access_token', '/am/oauth2/alpha/access_token'],
])('rewrites %s to %s', (url, canonical) => {
  expect(canonicalUrl(url, endpoints)).toBe(canonical)
})

test('gives the same answers with a memory, however many URLs clients invent', () => {
  const canonical = canonicalUrls(endpoints)
  for (let number = 0; number < 2000; number++) {
    const url = `/am/json/realms/root/realms/r${number % 700}/authenticate?a=${'x'.repeat(number % 400)}`
    expect(canonical(url)).toBe(canonicalUrl(url, endpoints))
  }
})

test('keeps an invalid escape in a realm name, so that the realm is unknown', () => {
  expect(canonicalUrl('/am/json/realms/root/realms/%zz/authenticate', endpoints)).toBe(
    '/am/json/@/%2F%25zz/authenticate',
  )
})

test.each([
  ['user', '/'],
  ['alpha_user', '/alpha'],
  ['our_customers_user', '/our_customers'],
  ['a.b-c_user', '/a.b-c'],
  ['alpha/beta_user', '/alpha/beta'],
  ['_user', undefined],
  ['alpha_users', undefined],
  ['alpha//beta_user', undefined],
  ['/alpha_user', undefined],
  ['role', undefined],
])('the managed object type %s belongs to the realm %s', (object, realm) => {
  expect(realmOfUserObject(object)).toBe(realm)
})
