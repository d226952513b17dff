import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerOpens, callerSignsIn } from '../support/help-desk-play.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import {
  callerOn,
  callerTypes,
  headline,
  linkOn,
  offer,
  openCheck,
  openDesk,
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
    await saveVariant(stores, 'HelpDesk', 'HelpDeskOnce', { BackChannelInitNode: { allowRetry: false } })
    await saveVariant(stores, 'VerifyCaller', 'VerifyHostile', { [status]: { journeyStatusValue: hostile } })
    await saveVariant(stores, 'HelpDesk', 'HelpDeskHostile', {
      BackChannelInitNode: { tree: 'VerifyHostile' },
    })
  })
  await offer(server, [
    { journey: 'HelpDesk', title: 'Verify a caller', description: 'They sign in on their own device.' },
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
  it('is started, watched and verified without a reload, once, though its link is opened in two browsers', async () => {
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
    const laptop = await callerOn(browser, await linkOn(page))

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

    await callerTypes(laptop, 'Alex-Pass-2026')
    await laptop.getByRole('heading', { name: 'This check has ended' }).waitFor()
    await laptop.getByText('You’ve already completed this check.').waitFor()
    await headline(page, 'Proven, but can’t be used')
    const happened = await timeline.textContent()
    expect(happened?.match(/Opened the link/g)).toHaveLength(1)
    expect(happened?.match(/User successfully authenticated/g)).toHaveLength(1)
    expect(loads).toBe(0)
  })

  it('is cancelled after a confirmation, and is started again with one press, or in another window with the form', async () => {
    const person = await browser.person()
    const page = await openDesk(person, server)
    await startCheck(page, { action: 'Set up a new phone', check: 'One try', ticket: 'INC-7' })
    await press(page, 'Cancel check')
    await press(page, 'Keep it')
    await headline(page, 'Give Alex the link')
    await press(page, 'Cancel check')
    await press(page, 'Cancel the check')
    await headline(page, 'This check was cancelled')

    // This window doesn't know the caller.
    const other = await person.newPage()
    await other.goto(page.url())
    await other.getByText('Opens the form, filled in').waitFor()
    await press(other, 'Start again')
    await other.getByRole('region', { name: 'Who is calling' }).getByText('Alex Caller').first().waitFor()
    expect(await other.getByLabel('Ticket').inputValue()).toBe('INC-7')
    expect(await other.getByRole('radio', { name: 'Set up a new phone' }).isChecked()).toBe(true)
    expect(await other.getByRole('radio', { name: 'One try' }).isChecked()).toBe(true)

    const ended = page.url()
    await press(page, 'Start again')
    await headline(page, 'Give Alex the link')
    expect(page.url()).not.toBe(ended)
    const facts = page.getByRole('article').getByRole('definition')
    expect(await facts.allTextContents()).toEqual(
      expect.arrayContaining(['Set up a new phone', 'INC-7', 'One try']),
    )
  })

  it('continues after a reload, with its link and its journey, whose page with the link is skipped', async () => {
    const page = await desk()
    const { id } = await startCheck(page, { check: 'With its link as a page' })
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
    const { page, id } = await openCheck(await browser.person(), server, { journey: 'HelpDeskHostile' })
    await callerSignsIn(server.url, id, 'wrong')
    const plain = '“<img src=x onerror="document.title=1"> Verified all right”'
    await timelineOn(page).getByText(plain, { exact: true }).waitFor()
    await page.locator('.news').getByText('Sign-in failed').waitFor()
    expect(await page.locator('main img').count()).toBe(0)
  })
})
