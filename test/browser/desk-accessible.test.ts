import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerOpens, callerSignsIn } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep } from '../support/wire.ts'
import { expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import {
  codeOn,
  headline,
  newAgent,
  offer,
  openCheck,
  openDesk,
  prepareCheck,
  reject,
  showCheck,
  startByRest,
  startCheck,
  timelineOn,
} from './desk.ts'
import { press } from './sign-in.ts'
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

let agents = 0

/** An agent of their own, who lists only the checks of one test: axe takes time for each row of a long list. */
async function anAgent() {
  return { person: await browser.person(), agent: await newAgent(server, `agent-${++agents}`) }
}

/** The page is accessible and fits. @returns with the page at a desk again. */
async function expectGood(page: Page): Promise<void> {
  await expectGoodInEveryLook(page)
  await page.setViewportSize(sizes.desktop)
}

describe('the desk is accessible in light and dark, and fits desktop and phone,', () => {
  it('before a check starts', async () => {
    const { person, agent } = await anAgent()
    const page = await openDesk(person, server, '/desk/', agent)
    await page.getByRole('heading', { name: 'No checks in progress' }).waitFor()
    await expectGood(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await expectGood(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await page.getByRole('link', { name: 'New check' }).click()
    await page.getByLabel('Who is calling?').fill('sa')
    await page.getByRole('option').first().waitFor()
    await expectGood(page)
    await prepareCheck(page)
    await expectGood(page)
    await press(page, 'Change')
    await page.getByLabel('Who is calling?').fill('noor')
    await page.getByRole('option', { name: 'Noor Night' }).click()
    await page.getByText('Unlock the account needs a second agent').waitFor()
    await page.getByText('No check is enough for this.').waitFor()
    await page.getByText(/^Not enough for this/).click()
    await expectGood(page)
  })

  it('while a check runs', async () => {
    const { person, agent } = await anAgent()
    const page = await openDesk(person, server, '/desk/', agent)
    const { id } = await startCheck(page)
    await press(page, 'Send by email')
    await page
      .getByText(/^Sent to/)
      .first()
      .waitFor()
    await expectGood(page)
    await callerOpens(server.url, id)
    await headline(page, 'Alex opened the link')
    await expectGood(page)
    await callerSignsIn(server.url, id, 'wrong')
    await page.locator('.news').getByText('Sign-in failed').waitFor()
    await expectGood(page)
    await press(page, 'Cancel check')
    await page.getByRole('button', { name: 'Keep it' }).waitFor()
    await expectGood(page)
  })

  it('when a check has a result, and when the caller rejects it then', async () => {
    const { person, agent } = await anAgent()
    const { page, id } = await openCheck(person, server, { agent })
    await callerSignsIn(server.url, id)
    await headline(page, 'Proven, but can’t be used')
    await expectGood(page)
    await reject(server, id)
    await headline(page, 'Stop: not Alex')
    await timelineOn(page).getByText('After the result').waitFor()
    await page.getByRole('link', { name: /Alex Caller Said “This is not me”/ }).waitFor()
    await expectGood(page)
    await page.getByRole('link', { name: 'History', exact: true }).click()
    await page.getByText('INC-48213').locator('visible=true').first().waitFor()
    await expectGood(page)
  })

  it('when a check proves nothing', async () => {
    const { person, agent } = await anAgent()
    const { page } = await openCheck(person, server, { agent, journey: 'HelpDeskBrief' })
    const starts = (journey: string) => startByRest(person, server, { journey })
    await headline(page, 'Time ran out')
    await timelineOn(page).getByText('The link no longer works').waitFor()
    expect(await page.getByRole('region', { name: 'Link' }).count()).toBe(0)
    await expectGood(page)

    const failed = await starts('HelpDeskOnce')
    await callerSignsIn(server.url, failed.id, 'wrong')
    await showCheck(page, server, failed)
    await headline(page, 'Not verified')
    await page.getByText('Don’t act on the request.').waitFor()
    await timelineOn(page).getByText('The caller’s sign-in ended').waitFor()
    expect(await page.getByRole('button', { name: 'Hand over' }).count()).toBe(0)
    await expectGood(page)

    const others = await starts('HelpDeskAnybody')
    await answerStep(server.url, await callerOpens(server.url, others.id), ['dana', 'Dana-Pass-2026'])
    await showCheck(page, server, others)
    await headline(page, 'Someone else signed in')
    await expectGood(page)
  })

  it('when a check is cancelled or rejected, also after its result was used', async () => {
    const { person, agent } = await anAgent()
    const { page } = await openCheck(person, server, { agent })
    const starts = (journey: string) => startByRest(person, server, { journey })
    await press(page, 'Cancel check')
    await press(page, 'Cancel the check')
    await headline(page, 'This check was cancelled')
    await expectGood(page)

    const rejected = await starts('HelpDesk')
    await showCheck(page, server, rejected)
    await reject(server, rejected.id)
    await page.getByRole('alert').getByRole('heading', { name: 'Stop: not Alex' }).waitFor()
    await timelineOn(page).getByText('Pressed “This is not me”').waitFor()
    expect(await page.title()).toBe('Said “This is not me” · Alex Caller')
    await expectGood(page)

    const used = await starts('VerifyWithCode')
    await showCheck(page, server, used)
    const code = await codeOn(page)
    const asked = await answerStep(server.url, await callerOpens(server.url, used.id), [0])
    const passed = await answerStep(server.url, asked, [code])
    await answerStep(server.url, passed, ['Alex-Pass-2026'])
    await press(page, 'Mark as used for INC-48213')
    await page
      .getByText(/^Used at/)
      .first()
      .waitFor()
    await reject(server, used.id)
    await page.getByText(/^You used this result at .* Undo what you changed\.$/).waitFor()
    await expectGood(page)
  })

  it('with several checks, when one cannot be read, and at addresses that lead nowhere', async () => {
    const { person, agent } = await anAgent()
    const page = await openDesk(person, server, '/desk/', agent)
    const first = await startCheck(page, { ticket: 'INC-1' })
    const second = await startByRest(person, server, {
      what: { action: 'Unlock the account', ticket: 'INC-2' },
    })
    await page.getByRole('link', { name: 'All checks' }).click()
    const row = (ticket: string) => page.getByRole('article').filter({ hasText: ticket })
    await row('INC-1').getByText('Link not opened yet').waitFor()
    await row('INC-1').getByRole('button', { name: 'Copy link: Alex Caller' }).waitFor()
    await row('INC-2').waitFor()
    await callerOpens(server.url, second.id)
    await row('INC-2').getByText('Opened the link').waitFor()
    await expectGood(page)
    await callerSignsIn(server.url, first.id)
    await row('INC-1').getByText('Proven, but can’t be used').waitFor()
    expect(await row('INC-1').getByRole('button').count()).toBe(0)
    await row('INC-2').getByText('Opened the link').waitFor()

    await person.route('**/backchannel/events?**', (route) => route.abort())
    await person.route('**/help-desk/verifications/*', (route) => route.abort())
    await page.goto(`${originOf(server)}/desk/checks/${second.reference}`)
    await page.getByRole('heading', { name: 'We can’t tell' }).waitFor()
    await expectGood(page)
    await person.unroute('**/help-desk/verifications/*')
    await page.getByText('The live connection is lost.').waitFor()
    await expectGood(page)
    await page.goto(`${originOf(server)}/desk/checks/nothing`)
    await page.getByRole('heading', { name: 'Check not found' }).waitFor()
    await page.goto(`${originOf(server)}/desk/nowhere`)
    await page.getByRole('heading', { name: 'Page not found' }).waitFor()
    await expectGood(page)
  })

  it('when the agent’s session has ended, and for a person who is not an agent', async () => {
    const { person, agent } = await anAgent()
    // While a check runs, the list is read every three seconds.
    const { page } = await openCheck(person, server, { agent })
    await person.clearCookies()
    await page.getByRole('dialog', { name: 'You are signed out' }).waitFor()
    await expectGood(page)
    await signIn(person, server, {
      realm: 'alpha',
      journey: 'Login',
      name: 'alex',
      password: 'Alex-Pass-2026',
    })
    await page.reload()
    await page.getByRole('heading', { name: 'The desk is for help desk agents' }).waitFor()
    await expectGood(page)
  })
})
