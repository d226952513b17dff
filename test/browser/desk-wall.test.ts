import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unknownOpener } from '../../src/help-desk/transactions/transaction.ts'
import { newTransaction } from '../../src/help-desk/transactions/transactions.ts'
import { exampleCommit, exampleJourneySession } from '../../src/store/contract/examples.ts'
import type { Stores } from '../../src/store/stores.ts'
import { backchannel, cancelAll, signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn as signInOnWire } from '../support/wire.ts'
import { expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { originOf, signIn } from './signed-in.ts'

const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
  await turnOffPause(server.url)
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** The lead signs in and opens a page. @param skewMs how far the browser's clock is ahead. */
async function opens(path: string, { at = server, skewMs = 0, person = lena } = {}): Promise<Page> {
  const context = await browser.person()
  await signIn(context, at, person)
  const page = await context.newPage()
  if (skewMs !== 0)
    await page.addInitScript((ms) => {
      const real = Date.now.bind(Date)
      Date.now = () => real() + ms
    }, skewMs)
  await page.goto(originOf(at) + path)
  return page
}

const part = (page: Page, name: 'Needs attention' | 'In progress') =>
  page.getByRole('region', { name: new RegExp(`^${name}`) })
const callers = (page: Page) => page.getByRole('link', { name: 'Alex Caller' })

describe('the wall of a lead', () => {
  it('shows six checks on two desks, those that need the lead first, and follows what happens', async () => {
    const dana = await agentSignsIn(server.url)
    const noor = await signInOnWire(server.url, 'noor', 'Noor-Pass-2026')
    const checks = []
    for (const session of [dana, noor, dana, noor, dana, noor])
      checks.push(await deskOpens(server.url, session))
    const [, second, third] = checks
    const page = await opens('/desk/wall')
    const needy = part(page, 'Needs attention').getByRole('listitem')
    await expect.poll(() => needy.count()).toBe(6)
    await needy.nth(0).getByText('Noor Night checks this person, too').waitFor()
    await callerOpens(server.url, second?.id ?? '')
    await needy.getByText('Opened the link').waitFor()
    // The report ends all checks of the person.
    await backchannel(server.url, 'reject', { transaction: third?.id ?? '' })
    await expect.poll(() => needy.count()).toBe(1)
    await needy.getByText('Probably an attack: make sure that Dana Desk ends the call').waitFor()
    const href = await needy.getByRole('link', { name: 'Alex Caller' }).getAttribute('href')
    expect(href).toBe(`/desk/checks/${third?.reference}`)
    const last = await deskOpens(server.url, noor)
    await backchannel(server.url, 'reject', { transaction: last.id, reason: 'calledMe' })
    await needy.getByText('Attack: someone called them').waitFor()
    await needy.getByText('Probably an attack: make sure that Noor Night ends the call').waitFor()
    for (const session of [dana, noor]) await deskOpens(server.url, session)
    await expect.poll(() => needy.count()).toBe(4)
    await needy.nth(1).getByText('Probably an attack').waitFor()
    await needy.nth(2).getByText('checks this person, too').waitFor()
    await cancelAll(server.url)
    await expect.poll(() => needy.count()).toBe(2)
    await part(page, 'In progress').getByText('No other checks are in progress.').waitFor()
  })

  it('says when it may be out of date, tells the time by the server, and empties without the role or the session', async () => {
    await deskOpens(server.url, await agentSignsIn(server.url))
    const page = await opens('/desk/wall', { skewMs: 3_600_000 })
    const left = page.getByText(/^[34]:\d\d left$/).last()
    await left.waitFor()
    await page.route('**/help-desk/wall', (route) => route.abort())
    await page.getByText(/^May be out of date: last read at \d/).waitFor()
    await page.unroute('**/help-desk/wall')
    await page.getByText(/^May be out of date/).waitFor({ state: 'detached' })

    await setRoles(['agent'])
    await page.getByRole('alert').getByRole('heading', { name: 'You are no longer a lead' }).waitFor()
    expect(await callers(page).count()).toBe(0)
    expect(await page.getByText('Identity proven today').count()).toBe(0)
    // The links to the pages of leads and their alarms go with the role.
    await expect.poll(() => page.getByRole('link', { name: 'Numbers' }).count()).toBe(0)
    await expect.poll(() => page.locator('.desk-work > .rejections .notice').count()).toBe(0)
    await setRoles(['agent-lead'])
    await callers(page).locator('visible=true').last().waitFor()

    await page.context().clearCookies()
    // The dialog covers the wall if the list of checks is refused first.
    await page.locator('.wall-closed').getByText('You are signed out').waitFor({ state: 'attached' })
    expect(await page.locator('.wall-content').count()).toBe(0)
  })

  it('is for leads only', async () => {
    const person = { ...lena, name: 'dana', password: 'Dana-Pass-2026' }
    const page = await opens('/desk/wall', { person })
    await page.getByRole('heading', { name: 'The wall is for leads' }).waitFor()
    expect(await page.getByRole('link', { name: 'Wall' }).count()).toBe(0)
    await page.goto(`${originOf(server)}/desk/numbers`)
    await page.getByRole('alert').getByText('The numbers are for leads.').waitFor()
  })
})

describe('a hundred checks', () => {
  let busy: TestServer
  beforeAll(async () => {
    busy = await startPrepared(openHundred)
  })
  afterAll(() => busy.stop())

  it('are all on the wall, are counted, split and exported, and fit in every look', async () => {
    const page = await opens('/desk/wall', { at: busy })
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Caller Number' }).count()).toBe(100)
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await page.getByRole('link', { name: 'Numbers' }).click()
    const split = page.getByRole('region', { name: /^By / })
    await page.getByText('Agent', { exact: true }).click()
    await split.getByRole('row', { name: /^Agent 3 20 0 0 0 0/ }).waitFor()
    await expectGoodInEveryLook(page)
    const hours = Promise.withResolvers<void>()
    await page.route(/[?&]by=hour/, (route) => hours.promise.then(() => route.continue()))
    await page.getByText('Hour of day').click()
    // Until the hours arrive, the rows are those of agents, and are called so.
    await page.getByRole('radio', { name: 'Hour of day', checked: true }).waitFor({ state: 'attached' })
    await split.getByRole('row', { name: /^Agent 3 20/ }).waitFor()
    await split.getByRole('columnheader', { name: 'Agent', exact: true }).waitFor()
    hours.resolve()
    await split.getByRole('columnheader', { name: 'Hour of day' }).waitFor()
    expect(await split.getByRole('row').count()).toBe(25)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^checks-.*\.csv$/)
  })
})

async function setRoles(roles: string[]): Promise<void> {
  const ask = asking(server.url, await signInAsAdministrator(server.url))
  const people = '/openidm/managed/alpha_user'
  const { body } = await ask(`${people}?_queryFilter=userName+eq+"lena"`)
  await ask(`${people}/${body.result[0]._id}?_action=setRoles`, { method: 'POST', body: { roles } })
}

/** Running checks of a hundred people by five agents. */
async function openHundred(stores: Stores): Promise<void> {
  for (let index = 0; index < 100; index++) {
    const agent = { id: `agent-${index % 5}`, name: `agent${index % 5}`, displayName: `Agent ${index % 5}` }
    const name = `Caller Number ${index}`
    const { transaction } = newTransaction(
      {
        realm: '/alpha',
        journey: 'VerifyCaller',
        subject: { kind: 'user', id: `person-${index}`, name: `caller${index}`, displayName: name },
        data: { action: 'Unlock the account', ticket: `INC-${index}` },
        allowRetry: true,
        trackingId: undefined,
        lifeSeconds: 1_800,
        openedBy: { ...unknownOpener, agent, isHelpDesk: true, journey: 'HelpDesk' },
      },
      Date.now(),
    )
    const { idHash, realm, createdAt: now } = transaction
    const proof = { triesLeft: 3, isBound: false, methods: [], level: 0 } as const
    await stores.steps.commit(
      exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction }],
        verifications: [{ kind: 'open', verification: { idHash, realm, codes: 'sealed', ...proof }, now }],
      }),
    )
  }
}
