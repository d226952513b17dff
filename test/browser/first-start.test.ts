import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { callerOn, callerTypes, codeOn, headline, linkOn, prepareCheck } from './desk.ts'
import { press, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
const folder = mkdtempSync(join(tmpdir(), 'sidegate-first-'))

beforeAll(async () => {
  server = await startServer({ dataFolder: folder, adminPassword: undefined, withSamples: false })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the console as the administrator whose password the first start printed. */
async function openAsNewcomer(): Promise<Page> {
  const page = await (await browser.person()).newPage()
  await page.goto(`${originOf(server)}/console/`)
  await type(page, { 'User Name': 'amadmin', Password: server.app.generatedPassword ?? '' })
  await press(page, 'Sign in')
  return page
}

const step = (page: Page, title: string) =>
  page
    .getByRole('list', { name: 'Steps' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) })

const isDone = (page: Page, title: string) => step(page, title).getByText('Done', { exact: true }).waitFor()

async function addStarter(page: Page, title: string, button: string): Promise<void> {
  await step(page, title).getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Add \d+ items$/ }).click()
  await page.getByRole('button', { name: 'Done' }).click()
}

type NewPerson = { userName: string; givenName: string; sn: string; password: string }

async function create(page: Page, title: string, button: string, person: NewPerson): Promise<void> {
  await step(page, title).getByRole('button', { name: button }).click()
  const fields = {
    Username: person.userName,
    'First name': person.givenName,
    'Last name': person.sn,
    'Email address': `${person.userName}@example.com`,
  }
  for (const [name, value] of Object.entries(fields)) await page.getByRole('textbox', { name }).fill(value)
  await page.getByRole('radio', { name: 'Password that I enter' }).check()
  await type(page, { 'New password': person.password })
  await press(page, 'Create person')
  const created = page.getByRole('dialog', { name: `${person.userName} was created` })
  await created.getByRole('button', { name: 'Back to the checklist' }).click()
}

const agent = { userName: 'ines', givenName: 'Ines', sn: 'Desk', password: 'Quiet-Harbour-47-Lamp' }
const caller = { userName: 'oskar', givenName: 'Oskar', sn: 'Field', password: 'Green-Bicycle-82-Moon' }

describe('the first start', () => {
  it('shows a checklist, which can be hidden, without sample people if the operator wants none', async () => {
    const page = await openAsNewcomer()
    const card = page.getByRole('region', { name: 'Checklist' })
    await card.getByText('0 of 5 steps done').waitFor()
    const list = page.getByRole('heading', { name: 'No journeys in this realm' })
    await list.waitFor()
    const placeOfList = async () => (await list.boundingBox())?.y
    const place = await placeOfList()
    const held = Promise.withResolvers<void>()
    await page.route('**/realm-config/checklist', (route) => held.promise.then(() => route.continue()))
    await page.reload()
    await list.waitFor()
    expect(await card.count()).toBe(0)
    expect(await placeOfList()).toBe(place)
    held.resolve()
    await card.waitFor()
    expect(await placeOfList()).toBe(place)

    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await page.getByRole('button', { name: 'Hide the checklist' }).click()
    await card.waitFor({ state: 'hidden' })
    await page.reload()
    await page.getByRole('heading', { name: 'No journeys in this realm' }).waitFor()
    expect(await card.count()).toBe(0)

    await page.getByRole('link', { name: 'Checklist' }).click()
    await step(page, 'Sign-in journey').waitFor()
    await step(page, 'Mail server').getByText('Optional').waitFor()
    await page.getByRole('button', { name: 'Add the starter Sign-in' }).waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await step(page, 'A check at the desk').getByRole('button', { name: 'Add help desk' }).click()
    await page.getByRole('dialog').getByText('Check: Verify with a code').waitFor()
    await expectGoodInEveryLook(page)
  })

  it('leads from an empty folder to the first verified caller', async () => {
    const page = await openAsNewcomer()
    await page.getByRole('region', { name: 'Checklist' }).getByRole('link', { name: 'All steps' }).click()
    await addStarter(page, 'Sign-in journey', 'Add sign-in')
    await isDone(page, 'Sign-in journey')
    await addStarter(page, 'A check at the desk', 'Add help desk')
    await isDone(page, 'A check at the desk')
    await create(page, 'An agent', 'Create an agent', agent)
    await isDone(page, 'An agent')
    await create(page, 'A caller', 'Create a caller', caller)
    await isDone(page, 'A caller')

    const link = step(page, 'First verified caller').getByRole('link', { name: 'Open the desk' })
    const desk = await (await browser.person()).newPage()
    await step(page, 'First verified caller').getByText('sign in as ines').waitFor()
    const address = new URL((await link.getAttribute('href')) ?? '', page.url())
    expect(address.searchParams.get('ForceAuth')).toBe('true')
    await desk.goto(address.href)
    await type(desk, { 'User Name': agent.userName, Password: agent.password })
    await press(desk, 'Sign in')
    await prepareCheck(desk, { query: 'oskar', name: 'Oskar Field', check: 'Verify with a code' })
    await desk.getByRole('button', { name: 'Start check' }).click()
    await headline(desk, /^Give .* the link$/)
    const phone = await callerOn(browser, await linkOn(desk), await codeOn(desk))
    await callerTypes(phone, caller.password)
    await headline(desk, 'Verified')

    await isDone(page, 'First verified caller')
    await page.getByRole('heading', { name: 'All done' }).waitFor()
    await page.getByRole('link', { name: 'Journeys' }).click()
    await page.getByRole('link', { name: 'VerifyWithCode', exact: true }).waitFor()
    expect(await page.getByRole('region', { name: 'Checklist' }).count()).toBe(0)
  })
})
