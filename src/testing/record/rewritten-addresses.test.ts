import { expect, test } from 'vitest'
import { realmOf } from './heard-request.ts'
import { forwardedHeaders, replaceAddress, returnedHeaders } from './rewritten-addresses.ts'

const addresses = { server: 'https://am.example', proxy: 'http://127.0.0.1:4000' }
const toProxy = (text: string) => replaceAddress(text, addresses.server, addresses.proxy)

test('replaces the address of the server in every spelling, and no other that begins like it', () => {
  expect(toProxy('https://am.example/am')).toBe('http://127.0.0.1:4000/am')
  expect(toProxy(String.raw`{"a":"https:\/\/am.example\/am"}`)).toBe(
    String.raw`{"a":"http:\/\/127.0.0.1:4000\/am"}`,
  )
  expect(toProxy('?goto=https%3A%2F%2Fam.example%2Fam')).toBe('?goto=http%3A%2F%2F127.0.0.1%3A4000%2Fam')
  expect(toProxy('?goto=https%3a%2f%2fam.example%2Fam')).toBe('?goto=http%3a%2f%2f127.0.0.1%3a4000%2Fam')
  for (const other of [
    'https://am.example.com/',
    'https://am.example:8443/',
    'https://am.example-2/',
    'https://other.example',
  ]) {
    expect(toProxy(other)).toBe(other)
  }
})

test('keeps redirects and cookies at the proxy', () => {
  expect(
    returnedHeaders(
      {
        location: 'https://am.example/am/XUI/',
        'strict-transport-security': 'max-age=1',
        'transfer-encoding': 'chunked',
        'set-cookie': [
          'a=1; Path=/; Domain=am.example; Secure; HttpOnly; SameSite=None',
          '__Host-b=2; Path=/; Secure',
        ],
      },
      addresses,
    ),
  ).toEqual({
    location: 'http://127.0.0.1:4000/am/XUI/',
    'set-cookie': ['a=1; Path=/; HttpOnly', '__Host-b=2; Path=/; Secure'],
  })
})

test('sends requests as if they came from pages of the server', () => {
  const headers = {
    host: '127.0.0.1:4000',
    origin: addresses.proxy,
    referer: `${addresses.proxy}/am/`,
    cookie: 'a=1',
  }
  expect(forwardedHeaders({ ...headers, connection: 'x', 'accept-encoding': 'br' }, addresses)).toEqual({
    host: 'am.example',
    origin: 'https://am.example',
    referer: 'https://am.example/am/',
    cookie: 'a=1',
    'accept-encoding': 'identity',
  })
})

test.each([
  ['/am/json/realms/root/realms/alpha/authenticate', '/alpha'],
  ['/am/json/realms/root/realms/alpha/realms/sub/authenticate', '/alpha/sub'],
  ['/am/json/realms/root/authenticate', '/'],
  ['/am/json/alpha/authenticate', '/alpha'],
  ['/am/json/authenticate?realm=/alpha', '/alpha'],
  ['/am/json/authenticate?realm=alpha', '/alpha'],
  ['/am/json/authenticate', '/'],
  ['/am/json/realms/root/realms/alpha/sessions', undefined],
  ['/authenticate', undefined],
])('reads the realm of %s', (path, realm) => {
  expect(realmOf(new URL(path, addresses.server))).toBe(realm)
})
