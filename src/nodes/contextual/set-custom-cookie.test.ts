import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setCustomCookie } from './set-custom-cookie.ts'

test('sets the cookie with the response', async () => {
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

test('leaves unset attributes to the browser', async () => {
  const { action } = await runNode(setCustomCookie, { config: { name: 'theme', value: '', path: null } })
  expect(action.cookies).toEqual([
    { name: 'theme', value: '', isSecure: false, isHttpOnly: false, sameSite: 'LAX' },
  ])
})

test('ignores a domain that is a variable', async () => {
  const config = { name: 'theme', value: 'dark', domain: '&{esv.persist.cookie.domain}' }
  const { action, log } = await runNode(setCustomCookie, { config })
  expect(action.cookies).toEqual([
    { name: 'theme', value: 'dark', isSecure: false, isHttpOnly: false, sameSite: 'LAX' },
  ])
  expect(JSON.stringify(log)).toContain('cookie domain is a variable')
})

test.each([
  { name: 'a b', value: 'x' },
  { name: 'a', value: 'x; Secure' },
  { name: 'a', value: 'x\r\nSet-Cookie: b' },
  { name: 'a', value: 'x', path: '/; Secure' },
  { name: 'a', value: 'x', domain: 'a;b' },
])('rejects settings that would break the header: %o', async (config) => {
  await expect(runNode(setCustomCookie, { config })).rejects.toThrow()
})

test.each([
  'iPlanetDirectoryPro',
  'IPLANETDIRECTORYPRO',
  'iPlanetDirectory%50ro',
  '__Host-iPlanetDirectoryPro',
  '__Secure-iplanetdirectorypro',
  'sidegate-device',
  'sidegate-asked',
  '__Host-sidegate-asked',
])('rejects %s, the name of a cookie of the server', async (name) => {
  await expect(runNode(setCustomCookie, { config: { name, value: 'x' } })).rejects.toThrow('uses this cookie')
})

const persistent = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXY.dGV4dA.dGFn'

test.each([persistent, `"${persistent}"`, persistent.replace('eyJh', '%65yJh')])(
  'rejects a persistent cookie as value: %s',
  async (value) => {
    const config = { name: 'session-jwt', value }
    await expect(runNode(setCustomCookie, { config })).rejects.toThrow('makes this value itself')
  },
)
