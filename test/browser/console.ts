import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { TestServer } from '../support/start-server.ts'
import type { Look, TestBrowser } from './browser.ts'
import { originOf, signInAsAdministrator } from './signed-in.ts'

export type Opened = { person: BrowserContext; page: Page }

/** A window of an administrator, who is signed in, without a page. */
export async function administrator(
  browser: TestBrowser,
  server: TestServer,
  look: Look = {},
): Promise<BrowserContext> {
  const person = await browser.person(look)
  await signInAsAdministrator(person, server)
  return person
}

/** Opens the console in a new window, signed in as administrator. */
export async function openConsole(
  browser: TestBrowser,
  server: TestServer,
  path: string,
  look: Look = {},
): Promise<Opened> {
  const person = await administrator(browser, server, look)
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console${path}`)
  return { person, page }
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers at any depth
type Told = { status: number; body: any }

/**
 * REST requests with the session of a window, independent of its pages: to read stored data, or to write as
 * another client.
 */
export function wireOf(person: BrowserContext, server: TestServer) {
  const send = async (method: string, path: string, data?: unknown, headers = {}): Promise<Told> => {
    const response = await person.request.fetch(`${originOf(server)}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-requested-with': 'test', ...headers },
      ...(data === undefined ? {} : { data: JSON.stringify(data) }),
    })
    const text = await response.text()
    return { status: response.status(), body: text === '' ? undefined : JSON.parse(text) }
  }
  return {
    get: (path: string) => send('GET', path),
    put: (path: string, body: unknown) => send('PUT', path, body),
    patch: (path: string, body: unknown) => send('PATCH', path, body),
    post: (path: string, body: unknown = {}) => send('POST', path, body),
    delete: (path: string) => send('DELETE', path),
  }
}

/** Presses *Try again*, unless the page notices the new session first and removes the button. */
export async function tryAgain(within: Page | Locator): Promise<void> {
  const button = within.getByRole('button', { name: 'Try again' })
  const isPressed = button.click().catch(() => undefined)
  const isGone = button.waitFor({ state: 'detached' }).catch(() => undefined)
  await Promise.race([isPressed, isGone])
}

/** Ends the session, acts, and signs in again in the window that the page opens. */
export async function signedOutDuring({ person, page }: Opened, act: () => Promise<void>): Promise<void> {
  const cookies = await person.cookies()
  await person.clearCookies()
  await act()
  const dialog = page.getByRole('dialog', { name: 'You were signed out' })
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Sign in again' }).click()
  await (await popup).close()
  await person.addCookies(cookies)
  await tryAgain(dialog)
  await dialog.waitFor({ state: 'hidden' })
}
