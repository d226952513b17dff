import { expect, test } from 'vitest'
import { isOauthRoute, issuerOf, splitOauthPath } from './endpoints.ts'

test.each([
  ['realms/root/realms/alpha/access_token', '/alpha', '/access_token'],
  ['realms/root/realms/alpha/realms/beta/authorize', '/alpha/beta', '/authorize'],
  ['realms/alpha/connect/jwk_uri', '/alpha', '/connect/jwk_uri'],
  ['alpha/.well-known/openid-configuration', '/alpha', '/.well-known/openid-configuration'],
  ['alpha/beta/token/revoke', '/alpha/beta', '/token/revoke'],
  ['realms/root/authorize', '/', '/authorize'],
  ['authorize', '/', '/authorize'],
  ['token/revoke', '/', '/token/revoke'],
  ['realms/root/realms/two%20words/userinfo', '/two words', '/userinfo'],
  ['realms/root/realms/%zz/userinfo', '/%zz', '/userinfo'],
  ['realms/root/realms/alpha', '/alpha', '/'],
  ['', '/', '/'],
])('reads %j', (path, realm, route) => {
  expect(splitOauthPath(path)).toEqual({ realm, route })
})

test('the issuer is the same for every spelling of the path', () => {
  const base = 'https://id.example.com/am'
  expect(issuerOf('/', base)).toBe(`${base}/oauth2/realms/root`)
  expect(issuerOf('/alpha', base)).toBe(`${base}/oauth2/realms/root/realms/alpha`)
  expect(issuerOf('/alpha/two words', base)).toBe(
    `${base}/oauth2/realms/root/realms/alpha/realms/two%20words`,
  )
})

test('recognizes only known routes', () => {
  expect(isOauthRoute('/access_token')).toBe(true)
  expect(isOauthRoute('/connect/endSession/confirm')).toBe(true)
  expect(isOauthRoute('/reg')).toBe(false)
  expect(isOauthRoute('/')).toBe(false)
})
