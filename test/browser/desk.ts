import type { BrowserContext, Page } from 'playwright-core'
import { signInAsAdministrator as administratorToken } from '../support/backchannel-client.ts'
import { deskOpens } from '../support/help-desk-play.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import type { TestBrowser } from './browser.ts'
import { goOnAsCaller, heading, press, type } from './sign-in.ts'
import { originOf, signIn } from './signed-in.ts'

/** The agent in samples/alpha/people.json. */
const dana = { realm: 'alpha', journey: 'Login', name: 'dana', password: 'Dana-Pass-2026' }

export function signInAsAgent(person: BrowserContext, server: TestServer, agent = dana): Promise<void> {
  return signIn(person, server, agent)
}

/** Creates an agent, whose list of checks is empty. */
export async function newAgent(server: TestServer, name: string): Promise<typeof dana> {
  const ask = asking(server.url, await administratorToken(server.url))
  const { password } = dana
  const body = { userName: name, givenName: 'New', sn: 'Agent', mail: `${name}@example.com`, password }
  const people = '/openidm/managed/alpha_user'
  const created = await ask(`${people}?_action=create`, { method: 'POST', body })
  const roles = { roles: ['helpdesk'] }
  await ask(`${people}/${created.body._id}?_action=setRoles`, { method: 'POST', body: roles })
  return { ...dana, name }
}

/** The agent signs in and opens the desk. */
export async function openDesk(
  person: BrowserContext,
  server: TestServer,
  path = '/desk/',
  agent = dana,
): Promise<Page> {
  await signInAsAgent(person, server, agent)
  const page = await person.newPage()
  await page.goto(originOf(server) + path)
  // The wall has no list of checks.
  await page
    .getByRole('navigation', { name: 'Checks' })
    .or(page.getByRole('heading', { level: 1, name: 'Wall' }))
    .waitFor({ state: 'attached' })
  return page
}

export type Wanted = { query?: string; name?: string; action?: string; ticket?: string; check?: string }

/** Fills in a new check without starting it: if not told otherwise, the check “Verify a caller”. */
export async function prepareCheck(page: Page, wanted: Wanted = {}): Promise<void> {
  const { query = 'alex', name = 'Alex Caller', action = 'Unlock the account', ticket = 'INC-48213' } = wanted
  await page.getByRole('link', { name: /^New/ }).locator('visible=true').first().click()
  await page.getByLabel('Who is calling?').fill(query)
  await page.getByRole('option', { name }).first().click()
  // The choice of the person asks, too, without an action: that answer says nothing about this one.
  const answer = page.waitForResponse((one) => new URL(one.url()).searchParams.get('action') === action)
  await page.getByRole('radio', { name: action }).check()
  const { checks: known } = (await (await answer).json()) as { checks: { lacks: string[] }[] }
  const lacking = known.filter(({ lacks }) => lacks.length > 0).length
  // A single check is chosen already, unless it is not enough.
  if (wanted.check !== undefined || known.length > 1 || lacking > 0) {
    const checks = page.getByRole('group', { name: 'How will you verify them?' })
    const wantedCheck = checks.getByRole('radio', { name: wanted.check ?? 'Verify a caller' })
    const others = checks.getByText(`Not enough for this (${lacking})`)
    // The list is sorted when the page has shown the answer.
    await (lacking > 0 ? others : wantedCheck).waitFor()
    if (!(await wantedCheck.isVisible())) await others.click()
    await wantedCheck.check()
  }
  await page.getByLabel('Ticket').fill(ticket)
}

/** Starts a check for a caller with the form. @returns the transaction id and the reference. */
export async function startCheck(
  page: Page,
  wanted: Wanted = {},
): Promise<{ id: string; reference: string }> {
  await prepareCheck(page, wanted)
  await page.getByRole('button', { name: 'Start check' }).click()
  await headline(page, /^Give .* the link$/)
  const link = await linkOn(page)
  const id = new URL(link).searchParams.get('authIndexValue') ?? ''
  return { id, reference: new URL(page.url()).pathname.split('/').at(-1) ?? '' }
}

type About = Parameters<typeof deskOpens>[2]

/** Starts a check over REST as the form does, by the agent of the window. No window has its front journey. */
export async function startByRest(person: BrowserContext, server: TestServer, about: About = {}) {
  const [session] = await person.cookies(originOf(server))
  const { id, reference, link } = await deskOpens(server.url, session?.value ?? '', about)
  return { id, reference, link: link.replace(new URL(server.url).origin, originOf(server)) }
}

/** The agent starts a check over REST and opens its page. */
export async function openCheck(
  person: BrowserContext,
  server: TestServer,
  { agent = dana, ...about }: About & { agent?: typeof dana } = {},
) {
  await signInAsAgent(person, server, agent)
  const check = await startByRest(person, server, about)
  const page = await person.newPage()
  await showCheck(page, server, check)
  return { ...check, page }
}

/** Opens the page of a check that runs, or has ended. */
export async function showCheck(page: Page, server: TestServer, check: { reference: string }): Promise<void> {
  await page.goto(`${originOf(server)}/desk/checks/${check.reference}`)
  await page.getByRole('region', { name: 'What happened' }).waitFor()
}

export function linkOn(page: Page): Promise<string> {
  return page.getByRole('textbox', { name: 'Link' }).inputValue()
}

/** The code that the agent reads out, before the caller has confirmed the call. */
export async function codeOn(page: Page): Promise<string> {
  const code = page.getByRole('region', { name: 'Codes' }).locator('.big-code > [aria-hidden]')
  return (await code.textContent())?.replaceAll(/\s/g, '') ?? ''
}

/** Waits for the headline of the check. @param timeout milliseconds. */
export function headline(page: Page, name: string | RegExp, timeout = 10_000): Promise<void> {
  return page.getByRole('heading', { name, level: 2 }).waitFor({ timeout })
}

export function timelineOn(page: Page) {
  return page.getByRole('region', { name: 'What happened' })
}

/** The caller opens the link on a phone and continues to the password. @param code for checks that ask for it first. */
export async function callerOn(browser: TestBrowser, link: string, code?: string): Promise<Page> {
  const page = await (await browser.person({ size: 'phone' })).newPage()
  await page.goto(link)
  await heading(page).waitFor()
  await goOnAsCaller(page)
  if (code !== undefined) {
    await type(page, { 'Code that the agent reads to you': code })
    await press(page, 'Continue')
  }
  await page.getByLabel('Password', { exact: true }).waitFor()
  return page
}

export async function callerTypes(page: Page, password: string): Promise<void> {
  await type(page, { Password: password })
  await press(page, 'Sign in')
}

/** Reports "This is not me" as the caller's page does. */
export async function reject(server: TestServer, id: string): Promise<void> {
  const path = '/json/realms/root/realms/alpha/authenticate/backchannel/reject'
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ transaction: id }),
  })
  if (!answer.ok) throw new Error(`the report was refused: ${answer.status}`)
}

/** Sets the checks that the realm's desk offers. There is no pause after "This is not me". */
export function offer(server: TestServer, checks: object[]): Promise<void> {
  return changeDesk(server, { checks, pauseMinutes: 0 })
}

/** Changes settings of the realm's help desk. */
export async function changeDesk(server: TestServer, settings: object): Promise<void> {
  const path = '/json/realms/root/realms/alpha/realm-config/help-desk'
  const answer = await fetch(server.url + path, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      iplanetdirectorypro: await administratorToken(server.url),
    },
    body: JSON.stringify(settings),
  })
  if (!answer.ok) throw new Error(`the settings were not saved: ${answer.status}`)
}
