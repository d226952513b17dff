import type { BrowserContext, Page } from 'playwright-core'
import type { TestServer } from '../start-server.ts'
import { originOf } from './signed-in.ts'

/** The address of the sign-in page for a journey of alpha. */
export function signInAddress(server: TestServer, journey: string | undefined, more = ''): string {
  const service = journey === undefined ? '' : `&service=${encodeURIComponent(journey)}`
  return `${originOf(server)}/am/XUI/?realm=/alpha${service}${more}`
}

/** Opens the sign-in page, and waits for what it shows first. */
export async function openSignIn(
  person: BrowserContext,
  server: TestServer,
  journey: string | undefined,
  more = '',
): Promise<Page> {
  const page = await person.newPage()
  await page.goto(signInAddress(server, journey, more))
  await heading(page).waitFor()
  return page
}

/** The heading that people see; while nothing is there yet, there is one to hear alone. */
export function heading(page: Page) {
  return page.locator('h1:not(.spoken)')
}

/** Types into the fields, by what stands above them. */
export async function type(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByLabel(label, { exact: true }).fill(value)
}

export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click()
}
