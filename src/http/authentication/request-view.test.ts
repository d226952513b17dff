import { expect, test } from 'vitest'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { Call } from '../route.ts'
import { requestView } from './request-view.ts'

const session = 'AQIC5wM2LY4SfczSessionTokenOfAnAdministrator'
const persistent = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..iv.text.tag'

const realm = { path: '/alpha', settings: realmSettingsSchema.parse({}) }

function viewOf(headers: Record<string, string | string[]>, query = '') {
  const call = {
    realm,
    headers,
    query: new URLSearchParams(query),
    baseUrl: 'http://localhost',
    callersUrl: 'http://localhost',
    clientIp: '192.0.2.1',
  }
  return requestView(call as unknown as Call)
}

test('keeps the cookies and headers of the client', () => {
  const view = viewOf({ cookie: 'theme=dark; seen=1', 'x-desk': 'north' }, 'locale=de&goto=/a')
  expect(view.cookies).toEqual({ theme: 'dark', seen: '1' })
  expect(view.headers).toEqual({ cookie: ['theme=dark; seen=1'], 'x-desk': ['north'] })
  expect(view.parameters).toEqual({ locale: ['de'], goto: ['/a'] })
})

test.each([
  ['the header authorization', { authorization: `Bearer ${session}` }],
  ['the header proxy-authorization', { 'proxy-authorization': `Basic ${session}` }],
  ['the session header', { iplanetdirectorypro: session }],
  ['an authId of another journey', { 'x-sidegate-authid': session }],
  ['a DPoP proof', { dpop: session }],
  ['the key of a watched run', { 'x-sidegate-watch': session }],
  ['a bearer token in a header of any name', { 'x-forwarded-access': `bearer ${session}` }],
  ['the session cookie', { cookie: `theme=dark; iPlanetDirectoryPro=${session}` }],
  ['the cookie of known devices', { cookie: `theme=dark; sidegate-device=${session}` }],
  ['a session cookie in another case', { cookie: `theme=dark;IPLANETDIRECTORYPRO=${session}` }],
  ['a session cookie with a prefix', { cookie: `__Host-iPlanetDirectoryPro=${session}; theme=dark` }],
  ['a session cookie with an encoded name', { cookie: `iPlanetDirectory%50ro=${session}; theme=dark` }],
  ['the cookie of a known device', { cookie: `sidegate-device=${session}; theme=dark` }],
  ['two session cookies', { cookie: `iPlanetDirectoryPro=other; iPlanetDirectoryPro=${session}` }],
  [
    'a session token in a cookie of another name',
    { cookie: `iPlanetDirectoryPro=${session}; copy=${session}; theme=dark` },
  ],
  ['a session token in a header of another name', { iplanetdirectorypro: session, 'x-copy': `a ${session}` }],
])('hides %s', (_what, headers) => {
  const view = viewOf(headers as Record<string, string>)
  const { cookies, parameters } = view
  expect(JSON.stringify([view.headers, cookies, parameters])).not.toContain(session)
  if (JSON.stringify(headers).includes('theme=dark')) {
    expect(view.cookies).toEqual({ theme: 'dark' })
    expect(view.headers.cookie).toEqual(['theme=dark'])
  }
})

test('leaves an empty cookie header when all cookies are hidden, for scripts that read its first value', () => {
  const view = viewOf({ cookie: `iPlanetDirectoryPro=${session}; session-jwt=${persistent}` })
  expect(view.headers).toEqual({ cookie: [''] })
  expect(viewOf({}).headers).toEqual({})
})

test('hides a session token in a parameter', () => {
  const view = viewOf({ iplanetdirectorypro: session }, `IPlanetDirectoryPro=a&copy=${session}&locale=de`)
  expect(view.parameters).toEqual({ copy: [], locale: ['de'] })
})

test('shows pages in the language of a desk, which does not choose the language of messages', () => {
  const view = viewOf({ 'accept-language': 'fr' }, 'pageLocale=de')
  expect(view.locales).toEqual(['de', 'fr', 'en'])
  expect(view.messageLocales).toEqual(['fr', 'en'])
  expect(viewOf({ 'accept-language': 'fr' }, 'locale=de').messageLocales).toEqual(['de', 'fr', 'en'])
})

test('keeps persistent cookies apart for the node that takes them', () => {
  const view = viewOf({ cookie: `session-jwt=${persistent}; theme=dark` })
  expect(view.persistentCookies).toEqual({ 'session-jwt': persistent })
  expect(view.cookies).toEqual({ theme: 'dark' })
  expect(view.headers.cookie).toEqual(['theme=dark'])
})
