import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { cancelAll } from '../support/backchannel-client.ts'
import { callerOpens, callerSignsIn } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep } from '../support/wire.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { headline, newAgent, offer, openDesk, prepareCheck, reject, startCheck, timelineOn } from './desk.ts'
import { originOf, signIn } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
let mail: Awaited<ReturnType<typeof startMailServer>>

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(
    async (stores) => {
      await saveVariant(stores, 'HelpDesk', 'HelpDeskBrief', { BackChannelInitNode: { timeout: 4 } })
      await saveVariant(stores, 'HelpDesk', 'HelpDeskOnce', { BackChannelInitNode: { allowRetry: false } })
      await saveVariant(stores, 'HelpDesk', 'HelpDeskAnybody', { BackChannelInitNode: { tree: 'Login' } })
    },
    { smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>' },
  )
  await offer(server, [
    { journey: 'HelpDesk', title: 'Verify a caller', description: 'They sign in on their own device.' },
    { journey: 'HelpDeskBrief', title: 'Brief' },
    { journey: 'HelpDeskOnce', title: 'One try' },
    { journey: 'HelpDeskAnybody', title: 'Anybody' },
    { journey: 'VerifyWithCode', title: 'With a code' },
  ])
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await mail.stop()
})

type At = { page: Page; person: BrowserContext }

/** Views of the desk, and how an agent gets there. */
const sights: Readonly<Record<string, (at: At) => Promise<unknown>>> = {
  'no check yet': async ({ page }) => page.getByRole('heading', { level: 1 }).first().waitFor(),
  'a new check': async ({ page }) => {
    await page.getByRole('link', { name: /^New/ }).locator('visible=true').first().click()
    await page.getByLabel('Who is calling?').fill('sa')
    await page.getByRole('option').first().waitFor()
  },
  'a new check, filled in': async ({ page }) => prepareCheck(page, { action: 'Unlock the account' }),
  'a new check for which no check is enough': async ({ page }) => {
    await page.getByRole('link', { name: /^New/ }).locator('visible=true').first().click()
    await page.getByLabel('Who is calling?').fill('noor')
    await page.getByRole('option', { name: 'Noor Night' }).first().click()
    await page.getByRole('radio', { name: 'Unlock the account' }).check()
    await page.getByText('Unlock the account needs a second agent').waitFor()
    await page.getByText('No check is enough for this.').waitFor()
    await page.getByText(/^Not enough for this/).click()
  },
  'a link to give': async ({ page }) => startCheck(page),
  'a link that was sent by email': async ({ page }) => {
    await startCheck(page)
    await page.getByRole('button', { name: /^Send/ }).first().click()
    await page
      .getByText(/^Sent to/)
      .first()
      .waitFor()
  },
  'a link that was opened': async ({ page }) => {
    const { id } = await startCheck(page)
    await callerOpens(server.url, id)
    await headline(page, 'Alex opened the link')
  },
  'a sign-in that failed': async ({ page }) => {
    const { id } = await startCheck(page)
    await callerSignsIn(server.url, id, 'wrong')
    await page.locator('.news').getByText('Sign-in failed').waitFor()
  },
  'the confirmation before cancelling': async ({ page }) => {
    await startCheck(page)
    await page.getByRole('button', { name: 'Cancel check' }).click()
    await page.getByRole('button', { name: 'Keep it' }).waitFor()
  },
  'a verified caller': async ({ page }) => {
    const { id } = await startCheck(page, { action: 'Unlock the account' })
    await callerSignsIn(server.url, id)
    await headline(page, 'Proven, but can’t be used')
    await timelineOn(page).getByText('“User successfully authenticated”').waitFor()
  },
  'a caller who is not verified': async ({ page }) => {
    const { id } = await startCheck(page, { check: 'One try' })
    await callerSignsIn(server.url, id, 'wrong')
    await headline(page, 'Not verified')
  },
  '“This is not me”': async ({ page }) => {
    const { id } = await startCheck(page)
    await reject(server, id)
    await headline(page, 'Stop: not Alex')
  },
  '“This is not me”, after the result': async ({ page }) => {
    const { id } = await startCheck(page)
    await callerSignsIn(server.url, id)
    await headline(page, 'Proven, but can’t be used')
    await reject(server, id)
    await headline(page, 'Stop: not Alex')
  },
  'a sign-in by another person': async ({ page }) => {
    const { id } = await startCheck(page, { check: 'Anybody' })
    await answerStep(server.url, await callerOpens(server.url, id), ['dana', 'Dana-Pass-2026'])
    await headline(page, 'Someone else signed in')
  },
  'an expired check': async ({ page }) => {
    await startCheck(page, { check: 'Brief' })
    await headline(page, 'Time ran out')
  },
  'a cancelled check': async ({ page }) => {
    await startCheck(page)
    await page.getByRole('button', { name: 'Cancel check' }).click()
    await page.getByRole('button', { name: 'Cancel the check' }).click()
    await headline(page, 'This check was cancelled')
  },
  'a check that cannot be read': async ({ page, person }) => {
    await startCheck(page)
    await loseTheCheck(person)
    await page.reload()
    await page.getByRole('heading', { name: 'We can’t tell' }).waitFor()
  },
  'a check whose live connection is lost': async ({ page, person }) => {
    await startCheck(page)
    await person.route('**/backchannel/events?**', (route) => route.abort())
    await page.reload()
    await page.getByText('The live connection is lost.').waitFor()
  },
  'an unknown check': async ({ page }) => {
    await page.goto(`${originOf(server)}/desk/checks/nothing`)
    await page.getByRole('heading', { name: 'Check not found' }).waitFor()
  },
  'an unknown address': async ({ page }) => {
    await page.goto(`${originOf(server)}/desk/nowhere`)
    await page.getByRole('heading', { name: 'Page not found' }).waitFor()
  },
  'the history': async ({ page }) => {
    const { id } = await startCheck(page, { ticket: 'INC-9' })
    await callerSignsIn(server.url, id)
    await headline(page, 'Proven, but can’t be used')
    await page
      .getByRole('link', { name: /history/i })
      .locator('visible=true')
      .first()
      .click()
    await page.getByText('INC-9').locator('visible=true').first().waitFor()
  },
  'all checks': async ({ page }) => {
    await cancelAll(server.url)
    const { id } = await startCheck(page, { ticket: 'INC-1' })
    await startCheck(page, { ticket: 'INC-2' })
    await page.getByRole('link', { name: 'All checks' }).click()
    const row = page.getByRole('article').filter({ hasText: 'INC-1' })
    await row.getByText('Link not opened yet').waitFor()
    await callerOpens(server.url, id)
    await row.getByText('Opened the link').waitFor()
  },
  'the list of keyboard shortcuts': async ({ page }) => {
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  },
  'a result that was used before “This is not me”': async ({ page }) => {
    const { id } = await startCheck(page, { check: 'With a code' })
    const code = page.getByRole('region', { name: 'Codes' }).locator('.big-code > [aria-hidden]')
    const typed = (await code.textContent())?.replaceAll(/\s/g, '') ?? ''
    const notice = await callerOpens(server.url, id)
    const asked = await answerStep(server.url, notice, [0])
    await answerStep(server.url, await answerStep(server.url, asked, [typed]), ['Alex-Pass-2026'])
    await page.getByRole('button', { name: 'Mark as used for INC-48213' }).click()
    await page
      .getByText(/^Used at/)
      .first()
      .waitFor()
    await reject(server, id)
    await page.getByText(/^You used this result at .* Undo what you changed\.$/).waitFor()
  },
  'an ended session': async ({ page, person }) => {
    await person.clearCookies()
    await becomesVisible(page)
    await page.getByRole('dialog', { name: 'You are signed out' }).waitFor()
  },
  'a person who is not an agent': async ({ page, person }) => {
    await person.clearCookies()
    await signIn(person, server, {
      realm: 'alpha',
      journey: 'Login',
      name: 'alex',
      password: 'Alex-Pass-2026',
    })
    await page.reload()
    await page.getByRole('heading', { name: 'The desk is for help desk agents' }).waitFor()
  },
}

/** Blocks the feed of the check and its REST resource. */
async function loseTheCheck(person: BrowserContext): Promise<void> {
  await person.route('**/backchannel/events?**', (route) => route.abort())
  await person.route('**/help-desk/verifications/*', (route) => route.abort())
}

/** Makes the page read the list of checks again, as it does when its window becomes visible. */
function becomesVisible(page: Page): Promise<void> {
  return page.evaluate(() => {
    dispatchEvent(new Event('visibilitychange'))
  })
}

let agents = 0

describe('the desk', () => {
  it.each(Object.keys(sights))(
    'is accessible in light and dark, and fits desktop and phone: %s',
    async (name) => {
      const person = await browser.person()
      // Each agent lists only their own checks, because axe takes time for each row of a long list.
      const agent = await newAgent(server, `agent-${++agents}`)
      const page = await openDesk(person, server, '/desk/', agent)
      await sights[name]?.({ page, person })
      await expectGoodInEveryLook(page)
      await person.close()
    },
  )
})
