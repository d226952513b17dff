import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Download, Locator, Page } from 'playwright-core'
import type { TestServer } from '../support/start-server.ts'
import { originOf } from './signed-in.ts'

/** The folder of exports that tests import. */
export const exchangeFixtures = join(import.meta.dirname, '..', 'fixtures', 'exchange')

export async function openJourneys(
  context: BrowserContext,
  server: TestServer,
  { realm = '/alpha', query = '' } = {},
): Promise<Page> {
  const page = await context.newPage()
  await page.goto(
    `${originOf(server)}/console/journeys?${new URLSearchParams({ realm })}${query === '' ? '' : `&${query}`}`,
  )
  await page.getByRole('heading', { name: 'Journeys', level: 1 }).waitFor()
  return page
}

/** The row of a journey, or its card on a phone. */
export function rowOf(page: Page, name: string): Locator {
  return page.locator('tbody tr').filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** Names of the visible journeys, in order. */
export async function namesShown(page: Page): Promise<string[]> {
  await page.getByRole('table').waitFor()
  return page.locator('tbody tr td.what a').allTextContents()
}

/** Chooses an item of a journey's menu. */
export async function choose(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}

/** Sends a REST request below a realm, with the session of a window. */
export async function ask(
  context: BrowserContext,
  server: TestServer,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { data, realm = 'alpha' }: { data?: unknown; realm?: string } = {},
): Promise<Record<string, unknown>> {
  const url = `${originOf(server)}/am/json/realms/root/realms/${realm}/${path}`
  const response = await context.request.fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(data === undefined ? {} : { data: JSON.stringify(data) }),
  })
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`)
  return response.json()
}

/** Creates a realm without journeys. */
export async function makeRealm(context: BrowserContext, server: TestServer, name: string): Promise<void> {
  const response = await context.request.post(
    `${originOf(server)}/am/json/global-config/realms?_action=create`,
    {
      data: { name, parentPath: '/', active: true, aliases: [] },
    },
  )
  if (!response.ok()) throw new Error(`${name}: ${response.status()} ${await response.text()}`)
}

/** The content of a downloaded file. */
export async function contentOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8')
}
