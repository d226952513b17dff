import { expect, test } from 'vitest'
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts'

test.each([
  ['https://sso.example.com/am', '; Secure'],
  ['http://127.0.0.1:8080/am', ''],
])('for %s, hides the cookie from scripts and cross-site forms%s', (baseUrl, secure) => {
  expect(setSessionCookie(baseUrl, 'token')).toBe(
    `iPlanetDirectoryPro=token; Path=/; HttpOnly; SameSite=Lax${secure}`,
  )
  expect(clearSessionCookie(baseUrl)).toBe(
    `iPlanetDirectoryPro=; Path=/; HttpOnly; SameSite=Lax${secure}; Max-Age=0`,
  )
})
