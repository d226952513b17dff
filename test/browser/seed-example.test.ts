import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleClient } from '../support/console-client.ts'
import { asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { appearancesOn, noteAppearances } from './appearances.ts'
import { TestBrowser } from './browser.ts'
import { designNodeType } from './designer.ts'
import { callerOn, callerTypes, headline, linkOn, prepareCheck, timelineOn } from './desk.ts'
import { engineer } from './editor.ts'
import { backJourney, frontJourney, login, nodeTypes, waitScript } from './example.ts'
import { inEnglish, readContent, readShape } from './example-comparison.ts'
import { buildJourney, makeJourney } from './journey-builder.ts'
import { makeScript } from './script-editor.ts'
import { goOnAsCaller, press, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

/** Timeout in milliseconds for building with the mouse. */
const byHand = 180_000

let server: TestServer
/** A server that has the example in its samples, to compare with. */
let sampled: TestServer
let browser: TestBrowser
let person: BrowserContext
let page: Page
let agent: BrowserContext
let desk: Page

beforeAll(async () => {
  server = await startServer({ withSamples: false })
  sampled = await startServer()
  browser = await TestBrowser.launch()
  person = await browser.person()
  agent = await browser.person()
  page = await person.newPage()
  await page.goto(`${originOf(server)}/console/custom-nodes?realm=%2Falpha`)
  await signInOn(page, 'amadmin', adminPassword)
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await sampled.stop()
})

const people = '/openidm/managed/alpha_user'
const caller = {
  userName: 'alex',
  givenName: 'Alex',
  sn: 'Caller',
  mail: 'alex@example.com',
  password: 'Alex-Long-Pass-2026',
  roles: [],
}
const agentOfDesk = {
  userName: 'dana',
  givenName: 'Dana',
  sn: 'Desk',
  mail: 'dana@example.com',
  password: 'Dana-Long-Pass-2026',
  roles: ['helpdesk'],
}

/** Opens a page of the console from its navigation. */
const goTo = (place: string) =>
  page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: place, exact: true }).click()

/** Signs in on the sign-in page that is open. */
async function signInOn(page: Page, name: string, password: string): Promise<void> {
  await type(page, { 'User Name': name, Password: password })
  await press(page, 'Sign in')
}

describe('the vendor’s example, built in an empty realm', () => {
  it('gets its node types from the designer', { timeout: byHand }, async () => {
    await goTo('Custom nodes')
    for (const type of nodeTypes) await designNodeType(page, type)
  })

  it('gets its script from the page of scripts', { timeout: byHand }, async () => {
    await goTo('Scripts')
    await makeScript(page, waitScript)
  })

  it.each([login, backJourney, frontJourney])(
    'gets its journey $name from the editor',
    {
      timeout: byHand,
    },
    async (journey) => {
      await goTo('Journeys')
      await makeJourney(page, journey)
      await buildJourney(page, journey)
    },
  )

  it('equals the samples', async () => {
    const reader = await engineer(browser, sampled)
    const [made, sample] = await Promise.all([readContent(person, server), readContent(reader, sampled)])
    expect(made.nodeTypes).toEqual(sample.nodeTypes)
    expect(made.scripts).toEqual({ [waitScript.name]: sample.scripts[waitScript.name] })
    for (const { name } of [login, backJourney, frontJourney]) {
      expect(await readShape(person, server, name)).toEqual(inEnglish(await readShape(reader, sampled, name)))
    }
  })

  it('gets a caller and an agent', async () => {
    const { token } = await consoleClient(server.url)
    const ask = asking(server.url, token)
    for (const { roles, ...someone } of [caller, agentOfDesk]) {
      const made = await ask(`${people}?_action=create`, { method: 'POST', body: someone })
      const body = { roles }
      await ask(`${people}/${made.body._id}?_action=setRoles`, { method: 'POST', body })
    }
    desk = await agent.newPage()
    await desk.goto(`${originOf(server)}/desk/`)
    await signInOn(desk, agentOfDesk.userName, agentOfDesk.password)
    await desk.getByRole('navigation', { name: 'Checks' }).waitFor({ state: 'attached' })
  })

  it('lets the agent watch the caller on the desk', { timeout: 60_000 }, async () => {
    await prepareCheck(desk, { query: 'alex', name: 'Alex Caller', check: frontJourney.name })
    await desk.getByRole('button', { name: 'Start check' }).click()
    await headline(desk, 'Give Alex the link')
    await noteAppearances(desk)

    const phone = await (await browser.person({ size: 'phone' })).newPage()
    await phone.goto(await linkOn(desk))
    await phone.getByText('Unlock the account').waitFor()
    await goOnAsCaller(phone)
    await headline(desk, 'Alex opened the link')
    await callerTypes(phone, 'not-the-password')
    await phone.getByRole('alert').waitFor()
    await desk.locator('.news').getByText('Sign-in failed').waitFor()
    await callerTypes(phone, caller.password)
    await phone.getByRole('heading', { name: 'You’re verified. Go back to your call.' }).waitFor()
    await headline(desk, 'Proven, but can’t be used')
    await timelineOn(desk).getByText('“User successfully authenticated”').waitFor()

    const seen = await appearancesOn(desk)
    expect(seen.map(({ text }) => text)).toEqual([
      'Looking at the page',
      'Confirmed that they called',
      'Opened the link',
      '“User has entered their credentials”',
      'Sign-in failed',
      '“User has entered their credentials”',
      "“User's credentials are valid”",
      'Identity proven',
      '“User successfully authenticated”',
    ])
    // The product's promise: agents see what the caller does within a second.
    for (const { at, seenAt } of seen) expect(seenAt - at).toBeLessThan(1_000)
  })

  it('lets the agent watch the caller on the plain sign-in pages', { timeout: 60_000 }, async () => {
    const page = await agent.newPage()
    const query = `realm=/alpha&authIndexType=service&authIndexValue=${frontJourney.name}`
    await page.goto(`${originOf(server)}/am/XUI/?${query}`)
    await type(page, { 'Email Address': caller.mail })
    await press(page, 'Continue')
    const says = (text: string) => page.getByRole('heading', { name: text }).waitFor()
    await says('Waiting for the caller to open the link...')
    const link = page.getByRole('textbox', { name: 'Link for the caller' })

    const phone = await callerOn(browser, await link.inputValue())
    await says('Authentication in progress...')
    await callerTypes(phone, 'not-the-password')
    await says('User has entered their credentials')
    // The agent is notified before the caller's page has its answer.
    await phone.getByText('That was not correct').waitFor()
    await callerTypes(phone, caller.password)
    await phone.getByRole('heading', { name: 'You’re verified. Go back to your call.' }).waitFor()
    await page.getByText('User successfully authenticated').waitFor()
    expect(await link.count()).toBe(0)
    await press(page, 'Continue')
    await says('Done')
  })
})
