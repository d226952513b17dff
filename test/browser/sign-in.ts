import type { BrowserContext, Page } from 'playwright-core'
import type { TestServer } from '../support/start-server.ts'
import { originOf } from './signed-in.ts'

/** Address of the sign-in page for a journey in alpha. */
export function signInAddress(server: TestServer, journey: string | undefined, more = ''): string {
  const service = journey === undefined ? '' : `&service=${encodeURIComponent(journey)}`
  return `${originOf(server)}/am/XUI/?realm=/alpha${service}${more}`
}

/** Opens the sign-in page and waits for its first heading. */
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

/** The visible heading. While the page loads, there is one for screen readers only. */
export function heading(page: Page) {
  return page.locator('h1:not(.spoken)')
}

/** Types into fields, by label. */
export async function type(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByLabel(label, { exact: true }).fill(value)
}

/** The caller confirms the call, if the page asks, and continues to the journey. */
export async function goOnAsCaller(page: Page): Promise<void> {
  if ((await heading(page).textContent()) === 'Who called?') await press(page, 'I called the help desk')
  await press(page, 'Continue')
}

/** Reports "This is not me" and confirms it. */
export async function saysNotMe(page: Page, name = 'This is not me'): Promise<void> {
  await press(page, name)
  await press(page, 'I didn’t call')
}

export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click()
}
