import type { BrowserContext, Page } from 'playwright-core'
import type { TestServer } from '../support/start-server.ts'
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

/** The caller says that they called, where the page asks, and goes on to the journey. */
export async function goOnAsCaller(page: Page): Promise<void> {
  if ((await heading(page).textContent()) === 'Who called?') await press(page, 'I called the help desk')
  await press(page, 'Continue')
}

/** Ends a check, and says so once more. */
export async function saysNotMe(page: Page, name = 'This is not me'): Promise<void> {
  await press(page, name)
  await press(page, 'Yes, I did not call')
}

export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click()
}
