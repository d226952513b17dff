import type { BrowserContext, Page } from 'playwright-core'
import type { TestServer } from '../start-server.ts'
import { originOf, signIn } from './signed-in.ts'

/** The caller and the agent out of samples/alpha/people.json. */
export const alex = { name: 'Alex Caller', firstName: 'Alex', password: 'Alex-Pass-2026' }
const dana = { realm: 'alpha', journey: 'Login', name: 'dana', password: 'Dana-Pass-2026' }

/** The agent signs in and opens the desk. */
export async function openDesk(person: BrowserContext, server: TestServer, path = '/desk/'): Promise<Page> {
  await signIn(person, server, dana)
  const page = await person.newPage()
  await page.goto(originOf(server) + path)
  await page.getByRole('link', { name: 'New check' }).first().waitFor()
  return page
}

export type Wanted = { query?: string; name?: string; action?: string; ticket?: string }

/** The agent finds the caller and starts a check. @returns the link and the reference, as the page shows them. */
export async function startCheck(
  page: Page,
  wanted: Wanted = {},
): Promise<{ id: string; reference: string }> {
  const { query = 'alex', name = alex.name, action, ticket = 'INC-48213' } = wanted
  await page.getByRole('link', { name: 'New check' }).first().click()
  await page.getByLabel('Who is calling?').fill(query)
  await page.getByRole('option', { name }).click()
  if (action !== undefined) await page.getByRole('radio', { name: action }).check()
  await page.getByLabel('Ticket').fill(ticket)
  await page.getByRole('button', { name: 'Start check' }).click()
  await page.getByRole('heading', { name: /^Give .* the link$/ }).waitFor()
  return linkOn(page)
}

/** The transaction id in the link that the page shows. */
export async function linkOn(page: Page): Promise<{ id: string; reference: string }> {
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  const id = new URL(link).searchParams.get('authIndexValue') ?? ''
  const reference = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  return { id, reference }
}
