import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { signIn, startJourney } from '../support/wire.ts'
import { expectAccessible, expectGoodInEveryLook, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, wireOf } from './console.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

const hostile = '<img src=x onerror="document.title=1"> \u202Elive'
const settings = '/am/json/global-config/audit'

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, hostile, { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } }),
  )
  browser = await TestBrowser.launch()
  await turnOffPause(server.url)
  // More than one page of entries: each sign-in writes three.
  for (let count = 0; count < 20; count++) await signIn(server.url, 'alex', 'Alex-Pass-2026')
  const opened = await deskOpens(server.url, await agentSignsIn(server.url), { what: { ticket: 'INC-77' } })
  await callerSignsIn(server.url, opened.id)
  await startJourney(server.url, hostile)
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function openAudit(query = '?realm=%2Falpha'): Promise<Opened> {
  const opened = await openConsole(browser, server, `/audit${query}`)
  await opened.page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor()
  const more = opened.page.getByRole('button', { name: 'More filters' })
  if ((await more.count()) > 0) await more.click()
  return opened
}

const links = (page: Page, name: string) => page.getByRole('table').getByRole('link', { name, exact: true })
const entries = (page: Page) => page.getByRole('table').getByRole('link')
const member = (page: Page, name: string) =>
  page.getByRole('region', { name: /^Entry/ }).locator(`dt:text-is("${name}") + dd`)

/** Waits until all entries are written. */
async function settled(person: BrowserContext): Promise<void> {
  const waiting = async () => (await wireOf(person, server).get(settings)).body.waiting
  await expect.poll(waiting).toBe(0)
}

describe('the audit trail', () => {
  it('is paged, newest entries first, and filtered, also in the address', async () => {
    const { page } = await openAudit()
    await expect.poll(() => entries(page).count()).toBe(50)
    await page.getByRole('button', { name: 'Show older entries' }).click()
    await expect.poll(() => entries(page).count()).toBeGreaterThan(60)
    const times = await page
      .getByRole('table')
      .locator('time')
      .evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''))
    expect(times).toEqual(times.toSorted().toReversed())

    await page.getByLabel('Until').fill('2001-02-03T04:05')
    await page.getByRole('heading', { name: 'No matching entries' }).waitFor()
    const to = new URL(page.url()).searchParams.get('to') ?? ''
    expect(to).toBe(new Date('2001-02-03T04:05').toISOString())
    expect(await page.getByLabel('Until').inputValue()).toBe('2001-02-03T04:05')
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => entries(page).count()).toBeGreaterThanOrEqual(50)

    await page.getByRole('textbox', { name: 'Text' }).fill('inc-77')
    await expect.poll(() => entries(page).count()).toBeLessThan(20)
    await links(page, 'Transaction ended').waitFor()
    await page.getByRole('textbox', { name: 'Text' }).fill('')
    await page.getByRole('combobox', { name: 'Event' }).fill('Transaction')
    await page.getByRole('option', { name: 'Transaction opened' }).click()
    await page.getByRole('option', { name: 'Transaction ended' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: 'Ticket' }).fill('INC-77')
    await expect.poll(() => entries(page).count()).toBe(2)
    await links(page, 'Transaction opened').waitFor()
    await links(page, 'Transaction ended').waitFor()
    await page.getByRole('textbox', { name: 'Who' }).fill('dana')
    await expect.poll(() => entries(page).count()).toBe(1)
    const { searchParams } = new URL(page.url())
    expect(Object.fromEntries(searchParams)).toEqual({
      realm: '/alpha',
      event: 'AM-BACK-CHANNEL-INITIALIZE,SIDEGATE-TRANSACTION-COMPLETED',
      ticket: 'INC-77',
      who: 'dana',
    })
    await page.getByRole('row').filter({ hasText: 'dana' }).filter({ hasText: 'alex' }).waitFor()
    await page.reload()
    await expect.poll(() => entries(page).count()).toBe(1)
    expect(await page.getByRole('textbox', { name: 'Ticket' }).inputValue()).toBe('INC-77')
  })

  it('shows all realms in the root realm', async () => {
    const { page } = await openAudit('?realm=%2F')
    await page.getByRole('switch', { name: 'All realms' }).check()
    await page.getByRole('columnheader', { name: 'Realm' }).waitFor()
    await page.getByRole('cell', { name: '/alpha', exact: true }).first().waitFor()
  })

  it('shows an entry with all members, and links to similar entries', async () => {
    const { person, page } = await openAudit('?realm=%2Falpha&ticket=INC-77&entry=999999')
    await page.getByText('This realm has no entry 999999').waitFor()
    await links(page, 'Transaction opened').click()
    await member(page, 'eventName').getByText('AM-BACK-CHANNEL-INITIALIZE').waitFor()
    const id = new URL(page.url()).searchParams.get('entry')
    const { body } = await wireOf(person, server).get(`/am/json/realms/root/realms/alpha/audit/${id}`)
    const flat = (name: string, value: unknown): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([inner, held]) => flat(`${name}.${inner}`, held))
        : [name]
    const names = Object.entries(body).flatMap(([name, value]) => flat(name, value))
    expect(
      await page
        .getByRole('region', { name: `Entry ${id}` })
        .locator('dt')
        .allTextContents(),
    ).toEqual(names)

    await page.getByRole('link', { name: 'Show all entries of this transaction' }).click()
    await expect.poll(() => entries(page).count()).toBeGreaterThan(2)
    expect(new URL(page.url()).searchParams.get('transaction')).toBe(body.trackingIds[0])
  })

  it('shows texts from requests as plain text', async () => {
    const { page } = await openAudit('?realm=%2Falpha&text=onerror')
    await links(page, 'Journey started').click()
    const plain = '<img src=x onerror="document.title=1"> live'
    await member(page, 'journey').getByText(plain, { exact: true }).waitFor()
    await page.getByRole('table').getByText(plain, { exact: true }).first().waitFor()
    expect(await page.locator('main').textContent()).not.toContain('\u202E')
    expect(await page.locator('main img').count()).toBe(0)
    expect(await page.title()).toBe('Audit · Sidegate')
  })

  it('is exported as JSON lines as it is filtered, which is audited, and shows when that failed', async () => {
    const { person, page } = await openAudit('?realm=%2Falpha&ticket=INC-77')
    await expect.poll(() => entries(page).count()).toBeGreaterThan(0)
    const shown = await entries(page).count()
    await person.route('**/audit/export**', (route) => route.abort())
    await page.getByRole('button', { name: 'Export as JSON lines' }).click()
    await page.getByText('The export could not be downloaded').waitFor()
    await person.unroute('**/audit/export**')
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as JSON lines' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/^audit-alpha-\d{4}-\d\d-\d\d\.jsonl$/)
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(shown)
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ ticket: 'INC-77', hash: expect.any(String) })

    await settled(person)
    await page.goto(`${originOf(server)}/console/audit?realm=%2Falpha&event=SIDEGATE-AUDIT-READ`)
    await links(page, 'Audit trail exported').first().waitFor()
  })
})

describe('the retention time', () => {
  it('is shown and changed', async () => {
    const { person, page } = await openAudit()
    await page.getByText('kept for 365 days. Node runs are not recorded.').waitFor()
    await page.getByRole('button', { name: 'Retention' }).click()
    await page.getByRole('textbox', { name: 'Keep entries for (days)' }).fill('90')
    await page.getByText('Entries older than 90 days will be permanently deleted').waitFor()
    await page.getByRole('switch', { name: 'Record every node run' }).check()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('kept for 90 days. Node runs are recorded.').waitFor()
    const { body } = await wireOf(person, server).get(settings)
    expect(body).toMatchObject({ retentionDays: 90, keepsNodes: true })

    await page.getByRole('button', { name: 'Retention' }).click()
    await page.getByRole('textbox', { name: 'Keep entries for (days)' }).fill('')
    await page.getByText('Enter a whole number from 0 to 36500').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Keep entries for (days)' }).fill('0')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('kept forever').waitFor()
  })
})

describe('the page', () => {
  it('works with the keyboard alone, and on a phone', async () => {
    const { page } = await openAudit()
    await page.getByRole('textbox', { name: 'Ticket' }).focus()
    await page.keyboard.type('INC-77')
    await expect.poll(() => entries(page).count()).toBeLessThan(10)
    await links(page, 'Transaction opened').press('Enter')
    const panel = page.getByRole('region', { name: /^Entry/ })
    await member(page, 'hash').waitFor()
    expect(await panel.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.get('ticket')).toBe('INC-77')

    await links(page, 'Transaction opened').click()
    await member(page, 'ticket').waitFor()
    await expectGoodInEveryLook(page)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await page.getByRole('textbox', { name: 'Ticket' }).waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })

  it('tries again after a failure, keeps its entries offline, and shows when the session has ended', async () => {
    const person = await administrator(browser, server)
    const page = await person.newPage()
    await person.route('**/alpha/audit**', (route) => route.fulfill({ status: 503, body: '' }))
    await page.goto(`${originOf(server)}/console/audit?realm=%2Falpha`)
    await page.getByText('The audit trail could not be read').waitFor()
    await person.unroute('**/alpha/audit**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => entries(page).count()).toBe(50)

    await person.setOffline(true)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByText('The server cannot be reached').waitFor({ timeout: 15_000 })
    expect(await entries(page).count()).toBe(50)
    await person.setOffline(false)
    await wireOf(person, server).post('/am/json/realms/root/sessions?_action=logout')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByText('Your session ended.').waitFor()
  })
})

it('the integrity of the audit trail is verified, also against a saved checkpoint', async () => {
  const { person, page } = await openAudit()
  await settled(person)
  await page.getByRole('button', { name: 'Check integrity' }).click()
  const check = () => page.getByRole('dialog').getByRole('button', { name: 'Check now' }).click()
  await check()
  await page.getByRole('heading', { name: 'The trail is intact' }).waitFor()
  const end = await page.getByRole('textbox', { name: 'Checkpoint', exact: true }).inputValue()
  const { sequence, hash } = (await wireOf(person, server).get(settings)).body.last
  expect(end).toBe(`${sequence}:${hash}`)
  await expectAccessible(page)

  const written = page.getByRole('textbox', { name: 'Saved checkpoint' })
  await written.fill('1042')
  await page.getByText('Enter a number, a colon and a hash of 64 characters').waitFor()
  await written.fill(`3:${'0'.repeat(64)}`)
  await check()
  await page.getByRole('heading', { name: 'The trail is broken at entry 3' }).waitFor()
  await page.getByText('Reason: its hash is not the expected one.').waitFor()
  await written.fill(end)
  await check()
  await page.getByRole('heading', { name: 'The trail is intact' }).waitFor()

  const raw = new DatabaseSync(join(server.folder, 'sidegate.db'))
  raw.exec(`update audit_rows set content = replace(content, 'alex', 'mallory') where sequence = 9`)
  raw.close()
  await written.fill('')
  await check()
  await page.getByRole('heading', { name: 'The trail is broken at entry 9' }).waitFor()
  await page.getByText('The 8 entries before it are intact').waitFor()
  await expectAccessible(page)
})
