import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setCustomCookie } from './set-custom-cookie.ts'

test('a cookie goes out with the answer', async () => {
  const config = {
    name: 'theme',
    value: 'dark',
    maxAge: -1,
    domain: 'example.com',
    path: '/',
    sameSite: 'NONE',
  }
  const { action } = await runNode(setCustomCookie, { config: { ...config, useSecureCookie: true } })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    cookies: [
      {
        name: 'theme',
        value: 'dark',
        maxAgeSeconds: -1,
        domain: 'example.com',
        path: '/',
        isSecure: true,
        isHttpOnly: false,
        sameSite: 'NONE',
      },
    ],
  })
})

test('what is not said is left to the browser', async () => {
  const { action } = await runNode(setCustomCookie, { config: { name: 'theme', value: '', path: null } })
  expect(action.cookies).toEqual([
    { name: 'theme', value: '', isSecure: false, isHttpOnly: false, sameSite: 'LAX' },
  ])
})

test('a domain that is a variable is not read: the cookie is for this server alone', async () => {
  const config = { name: 'theme', value: 'dark', domain: '&{esv.persist.cookie.domain}' }
  const { action, log } = await runNode(setCustomCookie, { config })
  expect(action.cookies).toEqual([
    { name: 'theme', value: 'dark', isSecure: false, isHttpOnly: false, sameSite: 'LAX' },
  ])
  expect(JSON.stringify(log)).toContain('the domain of a cookie is a variable')
})

test.each([
  { name: 'a b', value: 'x' },
  { name: 'a', value: 'x; Secure' },
  { name: 'a', value: 'x\r\nSet-Cookie: b' },
  { name: 'a', value: 'x', path: '/; Secure' },
  { name: 'a', value: 'x', domain: 'a;b' },
])('what would break the header is refused: %o', async (config) => {
  await expect(runNode(setCustomCookie, { config })).rejects.toThrow()
})

test.each([
  'iPlanetDirectoryPro',
  'IPLANETDIRECTORYPRO',
  'iPlanetDirectory%50ro',
  '__Host-iPlanetDirectoryPro',
  '__Secure-iplanetdirectorypro',
])('refuses to set the session cookie as %s', async (name) => {
  await expect(runNode(setCustomCookie, { config: { name, value: 'x' } })).rejects.toThrow('uses this cookie')
})
