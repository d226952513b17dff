import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { callerOpens, callerSignsIn } from '../support/help-desk-play.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import {
  callerOn,
  callerTypes,
  headline,
  linkOn,
  offer,
  openDesk,
  prepareCheck,
  reject,
  startCheck,
  timelineOn,
} from './desk.ts'
import { press } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser

/** A text that a caller's journey could send to deceive an agent. */
const hostile = '<img src=x onerror="document.title=1"> Ver\u202Eified \u0000\u2066all\u2069 right'
const status = 'designer-f207c4a117a7e51d4b6a8c9e2d3f1a57'

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveVariant(stores, 'HelpDesk', 'HelpDeskBrief', { BackChannelInitNode: { timeout: 4 } })
    await saveVariant(stores, 'HelpDesk', 'HelpDeskOnce', { BackChannelInitNode: { allowRetry: false } })
    await saveVariant(stores, 'VerifyCaller', 'VerifyHostile', { [status]: { journeyStatusValue: hostile } })
    await saveVariant(stores, 'HelpDesk', 'HelpDeskHostile', {
      BackChannelInitNode: { tree: 'VerifyHostile' },
    })
  })
  await offer(server, [
    { journey: 'HelpDesk', title: 'Verify a caller', description: 'They sign in on their own device.' },
    { journey: 'HelpDeskBrief', title: 'Brief' },
    { journey: 'HelpDeskOnce', title: 'One try' },
    { journey: 'HelpDeskHostile', title: 'Hostile' },
    { journey: 'HelpDeskLink', title: 'With its link as a page' },
  ])
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const desk = async () => openDesk(await browser.person(), server)

describe('a check', () => {
  it('is started, watched and verified without a reload', async () => {
    const page = await desk()
    await startCheck(page, { action: 'Unlock the account', check: 'Verify a caller' })
    let loads = 0
    page.on('load', () => loads++)
    const phone = await callerOn(browser, await linkOn(page))
    await headline(page, 'Alex opened the link')

    await callerTypes(phone, 'not-the-password')
    await phone.getByRole('alert').waitFor()
    await page.locator('.news').getByText('Sign-in failed').waitFor()
    await headline(page, 'Alex opened the link')
    const timeline = timelineOn(page)
    await timeline.getByText('“User has entered their credentials”').waitFor({ timeout: 3_000 })

    await callerTypes(phone, 'Alex-Pass-2026')
    await phone.getByRole('heading', { name: 'You’re verified. Go back to your call.' }).waitFor()
    await timeline.getByText("“User's credentials are valid”").waitFor({ timeout: 3_000 })
    await headline(page, 'Proven, but can’t be used', 3_000)
    await page
      .getByText(
        'This is Alex Caller. The caller typed no code from you, so nothing ties the result to this call. Don’t act on it.',
      )
      .waitFor()
    expect(await page.title()).toBe('Proven, but can’t be used · Alex Caller')
    await timeline.getByText('“User successfully authenticated”').waitFor()
    expect(loads).toBe(0)
  })

  it('becomes an incident when the caller reports "This is not me", also after the result', async () => {
    const page = await desk()
    const early = await startCheck(page)
    await reject(server, early.id)
    await page.getByRole('alert').getByRole('heading', { name: 'Stop: not Alex' }).waitFor()
    await timelineOn(page).getByText('Pressed “This is not me”').waitFor()
    expect(await page.title()).toBe('Said “This is not me” · Alex Caller')

    const late = await startCheck(page)
    await callerSignsIn(server.url, late.id)
    await headline(page, 'Proven, but can’t be used')
    await reject(server, late.id)
    await headline(page, 'Stop: not Alex')
    await timelineOn(page).getByText('After the result').waitFor()
    await page
      .getByRole('link', { name: /Alex Caller Said “This is not me”/ })
      .nth(1)
      .waitFor()
  })

  it('is not verified when its only attempt fails', async () => {
    const page = await desk()
    const { id } = await startCheck(page, { check: 'One try' })
    await callerSignsIn(server.url, id, 'wrong')
    await headline(page, 'Not verified')
    await page.getByText('Don’t act on the request.').waitFor()
    await timelineOn(page).getByText('The caller’s sign-in ended').waitFor()
    expect(await page.getByRole('button', { name: 'Hand over' }).count()).toBe(0)
  })

  it('is cancelled after a confirmation, and is started again with one press', async () => {
    const page = await desk()
    await startCheck(page, { action: 'Set up a new phone', check: 'One try', ticket: 'INC-7' })
    await page.getByRole('button', { name: 'Cancel check' }).click()
    await page.getByRole('button', { name: 'Keep it' }).click()
    await headline(page, 'Give Alex the link')
    await page.getByRole('button', { name: 'Cancel check' }).click()
    await page.getByRole('button', { name: 'Cancel the check' }).click()
    await headline(page, 'This check was cancelled')

    const ended = page.url()
    await press(page, 'Start again')
    await headline(page, 'Give Alex the link')
    expect(page.url()).not.toBe(ended)
    const facts = page.getByRole('article').getByRole('definition')
    expect(await facts.allTextContents()).toEqual(
      expect.arrayContaining(['Set up a new phone', 'INC-7', 'One try']),
    )
  })

  it('opens the form, filled in, to start again in a window that does not know the caller', async () => {
    const person = await browser.person()
    const page = await openDesk(person, server)
    await startCheck(page, { action: 'Set up a new phone', check: 'One try', ticket: 'INC-7' })
    await press(page, 'Cancel check')
    await press(page, 'Cancel the check')
    await headline(page, 'This check was cancelled')
    const other = await person.newPage()
    await other.goto(page.url())
    await other.getByText('Opens the form, filled in').waitFor()
    await press(other, 'Start again')
    await other.getByRole('region', { name: 'Who is calling' }).getByText('Alex Caller').first().waitFor()
    expect(await other.getByLabel('Ticket').inputValue()).toBe('INC-7')
    expect(await other.getByRole('radio', { name: 'Set up a new phone' }).isChecked()).toBe(true)
    expect(await other.getByRole('radio', { name: 'One try' }).isChecked()).toBe(true)
  })

  it('expires', async () => {
    const page = await desk()
    await startCheck(page, { check: 'Brief' })
    await headline(page, 'Time ran out')
    await timelineOn(page).getByText('The link no longer works').waitFor()
    expect(await page.getByRole('textbox', { name: 'Link' }).count()).toBe(0)
  })

  it('continues after a reload, with its link and its journey', async () => {
    const page = await desk()
    const { id } = await startCheck(page)
    const link = await linkOn(page)
    await callerOpens(server.url, id)
    await headline(page, 'Alex opened the link')
    await page.reload()
    await headline(page, 'Alex opened the link')
    expect(await linkOn(page)).toBe(link)

    await callerSignsIn(server.url, id)
    await headline(page, 'Proven, but can’t be used')
    await timelineOn(page).getByText('“User successfully authenticated”').waitFor()
    await page.reload()
    await headline(page, 'Proven, but can’t be used')
    await timelineOn(page).getByText('“User successfully authenticated”').waitFor()
  })

  it('shows a caller’s text as plain text in quotes', async () => {
    const page = await desk()
    const { id } = await startCheck(page, { check: 'Hostile' })
    await callerSignsIn(server.url, id, 'wrong')
    const plain = '“<img src=x onerror="document.title=1"> Verified all right”'
    await timelineOn(page).getByText(plain, { exact: true }).waitFor()
    await page.locator('.news').getByText('Sign-in failed').waitFor()
    expect(await page.locator('main img').count()).toBe(0)
  })

  it('skips a page of its journey that only shows the link', async () => {
    const page = await desk()
    const { id } = await startCheck(page, { check: 'With its link as a page' })
    await callerSignsIn(server.url, id)
    await headline(page, 'Proven, but can’t be used')
  })

  it('is not started if its journey does not find the person', async () => {
    const page = await desk()
    const ask = asking(server.url, await signInAsAdministrator(server.url))
    const body = { _id: 'gone', userName: 'gone', givenName: 'Gil', sn: 'Gone', mail: 'gil@example.com' }
    await ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body })
    await prepareCheck(page, { query: 'gil', name: 'Gil Gone' })
    await ask('/openidm/managed/alpha_user/gone', { method: 'DELETE' })
    await page.getByRole('button', { name: 'Start check' }).click()
    await page.getByRole('alert').getByText('did not find Gil Gone by email address').waitFor()
  })
})

describe('all checks', () => {
  it('have one row each with step, code, time and link, and a result stays visible', async () => {
    const page = await desk()
    const first = await startCheck(page, { ticket: 'INC-1' })
    const second = await startCheck(page, { ticket: 'INC-2' })
    await page.getByRole('link', { name: 'All checks' }).click()
    const row = (ticket: string) => page.getByRole('article').filter({ hasText: ticket })
    await row('INC-1').getByText('Link not opened yet').waitFor()
    await row('INC-1').getByRole('button', { name: 'Copy link: Alex Caller' }).waitFor()

    await callerOpens(server.url, second.id)
    await row('INC-2').getByText('Opened the link').waitFor()
    await callerSignsIn(server.url, first.id)
    await row('INC-1').getByText('Proven, but can’t be used').waitFor()
    expect(await row('INC-1').getByRole('button').count()).toBe(0)
    await row('INC-2').getByText('Opened the link').waitFor()
  })
})
