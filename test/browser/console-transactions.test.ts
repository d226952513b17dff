import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unknownOpener } from '../../src/help-desk/transactions/transaction.ts'
import { newTransaction } from '../../src/help-desk/transactions/transactions.ts'
import type { Stores } from '../../src/store/stores.ts'
import { turnOffPause } from '../support/backchannel-client.ts'
import {
  agentSignsIn,
  callerOpens,
  callerSignsIn,
  deskOpens,
  letAnyoneStartChecks,
} from '../support/help-desk-play.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, wireOf } from './console.ts'
import { reject } from './desk.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
let agent: string

/** A text that a caller's journey could send to deceive the reader. */
const hostile = '<img src=x onerror="document.title=1"> Ver\u202Eified \u0000\u2066all\u2069 right'
const status = 'designer-f207c4a117a7e51d4b6a8c9e2d3f1a57'
const yesterday = Date.now() - 24 * 3_600_000

/** More than one page of transactions that expired yesterday, one of them an hour before the others. */
async function prepare(stores: Stores): Promise<void> {
  await saveVariant(stores, 'VerifyCaller', 'VerifyHostile', { [status]: { journeyStatusValue: hostile } })
  await saveVariant(stores, 'HelpDesk', 'HelpDeskHostile', { BackChannelInitNode: { tree: 'VerifyHostile' } })
  for (let index = 0; index < 61; index++) {
    const { transaction } = newTransaction(
      {
        realm: '/alpha',
        journey: index === 60 ? 'Delegate' : 'VerifyCaller',
        subject: { kind: 'user', id: `old-${index}`, name: `old-${index}`, displayName: `Person ${index}` },
        data: {},
        allowRetry: true,
        trackingId: undefined,
        lifeSeconds: 60,
        openedBy: { ...unknownOpener, client: 'ward-app' },
      },
      yesterday - (index === 60 ? 3_600_000 : index),
    )
    await stores.transactions.apply([{ kind: 'create', transaction }])
  }
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  browser = await TestBrowser.launch()
  agent = await agentSignsIn(server.url)
  await turnOffPause(server.url)
  await letAnyoneStartChecks(server.url, {
    checks: [
      { journey: 'HelpDesk', title: 'Verify a caller' },
      { journey: 'HelpDeskHostile', title: 'Hostile' },
    ],
  })
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function openTransactions(path: string): Promise<Opened> {
  const opened = await openConsole(browser, server, `/transactions${path}`)
  await opened.page.getByRole('heading', { name: 'Transactions', level: 1 }).waitFor()
  return opened
}

/** Tests share the server's transactions, so each searches for its own ticket. */
const opens = (ticket: string, more: Parameters<typeof deskOpens>[2] = {}) =>
  deskOpens(server.url, agent, { ...more, what: { action: 'Unlock the account', ticket } })
const find = (page: Page, text: string) =>
  page.getByRole('textbox', { name: 'Search transactions' }).fill(text)
const row = (page: Page) => page.getByRole('row').filter({ hasText: 'Alex Caller' })
const panel = (page: Page, reference: string) =>
  page.getByRole('region', { name: `Transaction ${reference}` })

/** The cell of a row in a column. */
async function cell(page: Page, column: string): Promise<string | null> {
  const heads = await page.getByRole('columnheader').allInnerTexts()
  return row(page).getByRole('cell').nth(heads.indexOf(column)).textContent()
}

describe('transactions', () => {
  it('appear in the list, open beside it, and show their progress, all without a reload', async () => {
    const { page } = await openTransactions('?realm=%2Falpha&text=LIVE-1')
    let loads = 0
    page.on('load', () => loads++)
    await page.getByText('No matching transactions').waitFor()
    const { id, reference, link } = await opens('LIVE-1')
    await row(page).getByText('Created').waitFor()
    expect(await cell(page, 'Opened by')).toBe('Dana Desk')
    expect(await cell(page, 'Left')).toMatch(/^[45]:\d\d$/)
    expect(await cell(page, 'Age')).toMatch(/^0:\d\d$/)

    await page.getByRole('link', { name: 'Alex Caller' }).click()
    const opened = panel(page, reference)
    for (const text of [
      reference,
      'Dana Desk',
      'Unlock the account',
      'LIVE-1',
      'Verify a caller',
      'VerifyCaller',
    ])
      await opened.getByText(text, { exact: true }).waitFor()
    await opened.getByText(/^, [45]:\d\d left$/).waitFor()

    await callerSignsIn(server.url, id, 'wrong')
    await row(page).getByText('In progress').waitFor()
    expect(await cell(page, 'Updates')).toBe('1')
    await opened.getByText('Opened the link').waitFor()
    await opened.getByText('“User has entered their credentials”').waitFor()
    await callerSignsIn(server.url, id)
    await opened.getByText("“User's credentials are valid”").waitFor()
    await opened.getByText('Identity proven', { exact: true }).waitFor()
    await opened.getByRole('status').getByText('Approved').waitFor()
    await row(page).getByText('Approved').waitFor()
    expect(await cell(page, 'Left')).toBe('—')
    const data = opened.locator('pre')
    expect(JSON.parse((await data.textContent()) ?? '')).toEqual({
      journeyStatus: "User's credentials are valid",
    })
    expect(loads).toBe(0)
    const told = (await page.content()) + page.url()
    for (const secret of [id, link]) expect(told).not.toContain(secret)

    await opened.getByRole('link', { name: 'Caller’s run' }).click()
    await page.waitForURL(/\/console\/runs\//)
    await page.getByText('VerifyCaller').first().waitFor()
    await page.goBack()
    await opened.getByRole('link', { name: 'Agent’s run' }).click()
    await page.waitForURL(/\/console\/runs\//)
    await page.getByText('HelpDesk').first().waitFor()
    await page.goBack()
    await opened.getByRole('link', { name: 'Audit' }).click()
    await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Transaction opened' }).waitFor()
  })

  it('are filtered by text, state and journey, also in the address, and searched beyond the first page', async () => {
    const verified = await opens('FIND-1')
    const denied = await opens('FIND-2')
    await callerSignsIn(server.url, verified.id)
    await reject(server, denied.id)
    const { page } = await openTransactions('?realm=%2Falpha&text=find-&show=approved')
    await row(page).getByText('Approved').waitFor()
    expect(await row(page).count()).toBe(1)
    const state = page.getByRole('radiogroup', { name: 'State' })
    await state.getByText('All', { exact: true }).click()
    await expect.poll(() => row(page).count()).toBe(2)
    await state.getByText('Not me').click()
    await expect.poll(() => row(page).count()).toBe(1)
    await row(page).getByText('Not me').waitFor()
    await page.getByRole('combobox', { name: 'Journey' }).fill('Log')
    await page.getByRole('option', { name: 'Login', exact: true }).click()
    await page.getByText('No matching transactions').waitFor()
    const { searchParams } = new URL(page.url())
    expect(Object.fromEntries(searchParams)).toEqual({
      realm: '/alpha',
      text: 'find-',
      show: 'notMe',
      journey: 'Login',
    })
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(20)
    expect(await page.getByRole('textbox', { name: 'Search transactions' }).inputValue()).toBe('')

    await state.getByText('Expired').click()
    await page.getByText('Person 0', { exact: true }).waitFor()
    expect(await page.getByText('Person 60', { exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'Search older transactions' }).click()
    const last = page.getByRole('row').filter({ hasText: 'Person 60' })
    await last.getByText('Expired').waitFor()
    await last.getByText('Client ward-app').waitFor()
    await last.getByText('1 day').waitFor()
    await find(page, 'person 60')
    await expect.poll(() => page.getByRole('row').count()).toBe(3)

    await page.goto(`${originOf(server)}/console/transactions?realm=%2F`)
    await page.getByRole('heading', { name: 'No transactions yet' }).waitFor()
    await expectAccessible(page)
  })
})

describe('a transaction', () => {
  it('is cancelled after a confirmation, but not after it has ended', async () => {
    const { id, reference } = await opens('STOP-1')
    const late = await opens('STOP-2')
    const { person, page } = await openTransactions(`/${reference}?realm=%2Falpha`)
    const opened = panel(page, reference)
    await opened.getByRole('button', { name: 'Cancel transaction' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
    await opened.getByRole('status').getByText('Created').waitFor()
    await opened.getByRole('button', { name: 'Cancel transaction' }).click()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel transaction' }).click()
    await opened.getByRole('status').getByText('Cancelled').waitFor()
    await opened.getByText('The check was cancelled').waitFor()
    expect(await opened.getByRole('button', { name: 'Cancel transaction' }).count()).toBe(0)
    expect((await callerOpens(server.url, id)).body.message).toBe('Unable to read transaction.')

    await person.route('**/backchannel/events**', (route) => route.abort())
    await page.goto(`${originOf(server)}/console/transactions/${late.reference}?realm=%2Falpha`)
    const ended = panel(page, late.reference)
    await ended.getByRole('button', { name: 'Cancel transaction' }).click()
    const answered = page.waitForResponse(/_action=cancel/)
    await callerSignsIn(server.url, late.id)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel transaction' }).click()
    expect((await answered).status()).toBe(409)
    await ended.getByRole('status').getByText('Approved').waitFor()
  })

  it('shows a caller’s text as plain text, with hidden characters made visible', async () => {
    const { id, reference } = await opens('EVIL-1', { journey: 'HelpDeskHostile' })
    const { page } = await openTransactions('/22222222?realm=%2Falpha&text=EVIL-1')
    await panel(page, '22222222').getByText('This realm has no transaction 22222222').waitFor()
    await page.getByRole('link', { name: 'Alex Caller' }).click()
    await callerSignsIn(server.url, id, 'wrong')
    const opened = panel(page, reference)
    const plain = '“<img src=x onerror="document.title=1"> Verified all right”'
    await opened.getByText(plain, { exact: true }).waitFor()
    const shown = await opened.textContent()
    for (const hidden of ['\u202E', '\u2066', '\u2069', '\u0000']) expect(shown).not.toContain(hidden)
    expect(await opened.locator('pre').textContent()).toContain(
      String.raw`Ver\u202eified \u0000\u2066all\u2069 right`,
    )
    expect(await page.locator('main img').count()).toBe(0)
    expect(await page.title()).toBe('Transactions · Sidegate')
  })
})

describe('the page', () => {
  it('works with the keyboard alone, and on a phone, where an open transaction replaces the list', async () => {
    const { id, reference } = await opens('KEYS-1')
    await callerSignsIn(server.url, id, 'wrong')
    const { page } = await openTransactions('?realm=%2Falpha')
    await page.getByRole('textbox', { name: 'Search transactions' }).focus()
    await page.keyboard.type('KEYS-1')
    await expect.poll(() => row(page).count()).toBe(1)
    const link = page.getByRole('link', { name: 'Alex Caller' })
    await link.press('Enter')
    const opened = panel(page, reference)
    await opened.getByText('“User has entered their credentials”').waitFor()
    expect(await opened.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await opened.waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.get('text')).toBe('KEYS-1')

    await link.click()
    await opened.getByText('Dana Desk started the check').waitFor()
    await expectGoodInEveryLook(page)
    expect(await page.getByRole('table').count()).toBe(0)
    await opened.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('table').waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })

  it('tries again after a failure, keeps its content while offline, and shows when the session has ended', async () => {
    const { id, reference } = await opens('OFF-1')
    const person = await administrator(browser, server)
    const page = await person.newPage()
    await person.route('**/backchannel-transactions**', (route) => route.fulfill({ status: 503, body: '' }))
    await page.goto(`${originOf(server)}/console/transactions?realm=%2Falpha&text=OFF-1`)
    const trouble = page.getByRole('alert')
    await trouble.getByText('The transactions could not be read').waitFor()
    await expectAccessible(page)
    await person.unroute('**/backchannel-transactions**')
    await trouble.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'Alex Caller' }).click()
    await panel(page, reference).getByText('Dana Desk started the check').waitFor()

    await person.setOffline(true)
    await page.getByText(/^This list is from .* and could not be refreshed$/).waitFor()
    await row(page).getByText('Created').waitFor()
    await expectAccessible(page)
    await callerSignsIn(server.url, id)
    await person.setOffline(false)
    await row(page).getByText('Approved').waitFor({ timeout: 15_000 })
    await panel(page, reference).getByRole('status').getByText('Approved').waitFor({ timeout: 15_000 })

    await wireOf(person, server).post('/am/json/realms/root/sessions?_action=logout')
    await page.getByText('Your session ended.').first().waitFor()
    await page.getByRole('button', { name: 'Sign in again' }).first().waitFor()
  })
})
