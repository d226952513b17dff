import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backchannel, get, turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, linkOf } from '../support/help-desk-play.ts'
import { requestOf, secondAgentApproves } from '../support/second-agent.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { goOnAsCaller, heading, press, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
let agent: string

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  agent = await agentSignsIn(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** The agent's answers in the front journey of each sample check, page by page. */
const checks = {
  HelpDesk: [['alex@example.com']],
  VerifyWithCode: [['alex@example.com']],
  FallbackLadder: [['alex@example.com'], [2]],
  TwoAgents: [['alex@example.com']],
} as const

async function begun(journey: keyof typeof checks, pages: readonly (readonly unknown[])[] = checks[journey]) {
  const headers = { iplanetdirectorypro: agent }
  const query = '&ForceAuth=true&action=Reset%20the%20password&ticket=INC-48213'
  let page = await startJourney(server.url, journey, { query, headers })
  for (const values of pages) page = await answerStep(server.url, page, [...values], { headers })
  if (requestOf(page) !== '') page = await secondAgentApproves(server.url, page, headers)
  const { link, id, reference } = await linkOf(server.url, page)
  return { id, reference, link: link.replace(new URL(server.url).origin, originOf(server)) }
}

/** The caller opens the link on a phone. */
async function opens(link: string): Promise<Page> {
  const page = await (await browser.person({ size: 'phone' })).newPage()
  await page.goto(link)
  await heading(page).waitFor()
  return page
}

async function endingOf(id: string): Promise<unknown> {
  return (await backchannel(server.url, 'describe', { transaction: id })).body.ending
}

async function codeOf(reference: string): Promise<string> {
  const { body } = await get(server.url, `help-desk/verifications/${reference}`, { session: agent })
  return String((body.verification as { code: string | null }).code)
}

const ends = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()

const buttonsOn = (page: Page) => page.getByRole('main').getByRole('button').allTextContents()

const managerAsked = () => begun('FallbackLadder', [['alex@example.com'], [5]])

describe("the caller's page", () => {
  it('asks who called before it shows a code or continues', async () => {
    const { link } = await begun('VerifyWithCode')
    const page = await opens(link)
    await ends(page, 'Who called?')
    await page.getByText('Reset the password').waitFor()
    expect(await buttonsOn(page)).toEqual([
      'I called the help desk',
      'Somebody called me',
      'I’m not on the phone with anyone',
    ])
    expect(await page.getByRole('region', { name: 'Agent’s code' }).count()).toBe(0)
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await press(page, 'I called the help desk')
    await page.getByRole('region', { name: 'Agent’s code' }).waitFor()
    await expectGoodInEveryLook(page)
    await page.reload()
    await page.getByRole('region', { name: 'Agent’s code' }).waitFor()
  })

  it('ends as an attack if the caller was called, also when opened again', async () => {
    const { id, link } = await begun('VerifyWithCode')
    const page = await opens(link)
    await press(page, 'Somebody called me')
    await ends(page, 'Hang up. Call the help desk on a number you know.')
    expect(await endingOf(id)).toBe('calledMe')
    await expectGoodInEveryLook(page)
    await page.reload()
    await ends(page, 'Hang up. Call the help desk on a number you know.')
    await page.getByText(/^You told us at \d/).waitFor()
    expect(await buttonsOn(page)).toEqual([])
  })

  it('asks for confirmation of "This is not me", and then shows its time', async () => {
    const { id, link } = await begun('VerifyWithCode')
    const page = await opens(link)
    await press(page, 'I called the help desk')
    await press(page, 'This is not me')
    await ends(page, 'Didn’t you call?')
    await expectAccessible(page)
    await press(page, 'Back')
    await press(page, 'Continue')
    await type(page, { 'Code that the agent reads to you': '12' })
    await press(page, 'This is not me')
    await page.getByRole('region', { name: 'Didn’t you call?' }).waitFor()
    await expectAccessible(page)
    await press(page, 'Back')
    expect(await page.getByLabel('Code that the agent reads to you').inputValue()).toBe('12')
    expect(await endingOf(id)).toBeNull()

    await press(page, 'This is not me')
    await press(page, 'I didn’t call')
    await ends(page, 'Thank you. We’ve told Dana Desk.')
    expect(await endingOf(id)).toBe('notMe')
    await page.reload()
    await page.getByText(/^You told us at \d/).waitFor()
    expect(await buttonsOn(page)).toEqual([])
  })

  it('offers "This is not me" on the page of success', async () => {
    const { link } = await begun('HelpDesk')
    const page = await opens(link)
    await goOnAsCaller(page)
    await type(page, { Password: 'Alex-Pass-2026' })
    await press(page, 'Sign in')
    await ends(page, 'You’re verified. Go back to your call.')
    const late = page.getByRole('button', { name: 'Wasn’t you? You can still tell us.' })
    expect(await late.evaluate((button) => getComputedStyle(button).borderStyle)).toBe('none')
    await late.click()
    await press(page, 'I didn’t call')
    await page.getByText('The check had already finished').waitFor()
    await page.reload()
    await page.getByText(/^You told us at \d/).waitFor()
  })

  it.each(['de', 'es', 'fr', 'ar'])('asks in the language %s, without English words', async (locale) => {
    const { link } = await begun('VerifyWithCode')
    const page = await (await browser.person({ size: 'phone', locale })).newPage()
    await page.goto(link)
    await page.locator('.caller-choices').waitFor()
    const texts = (await page.getByRole('main').textContent()) ?? ''
    expect(texts).not.toMatch(/called|somebody|asking|on the phone|\{/i)
    await expectAccessible(page)
  })
})

describe('a failed sign-in', () => {
  it.each(['HelpDesk', 'VerifyWithCode', 'FallbackLadder', 'TwoAgents'] as const)(
    'is shown to the caller of %s, whose journey restarts',
    async (journey) => {
      const { link, reference } = await begun(journey)
      const page = await opens(link)
      await goOnAsCaller(page)
      const signsIn = async (password: string) => {
        if (journey !== 'HelpDesk') {
          await type(page, { 'Code that the agent reads to you': await codeOf(reference) })
          await press(page, 'Continue')
        }
        await type(page, { Password: password })
        await press(page, 'Sign in')
      }
      await signsIn('not-the-password')
      await page
        .getByRole('alert')
        .getByText(/That (didn’t work|was not correct)/)
        .waitFor()
      await signsIn('Alex-Pass-2026')
      if (journey === 'TwoAgents') {
        await ends(page, 'This check has ended')
        await page.locator('.notice.bad').getByText(needsFactor).waitFor()
      } else await ends(page, 'You’re verified. Go back to your call.')
    },
  )
})

/** Text of the sample's Set Failure Details node. */
const needsFactor = 'This account needs a second factor. Come to the help desk in person.'

describe('the page of a manager who is asked to vouch', () => {
  it('asks whether they know of the call', async () => {
    const { link } = await managerAsked()
    const page = await opens(link)
    await ends(page, 'Do you know that Alex Caller is calling us?')
    await page.getByText('Alex Caller says that you are their manager.').waitFor()
    expect(await buttonsOn(page)).toEqual(['Yes, I know', 'No, I don’t vouch'])
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await press(page, 'Yes, I know')
    await page.getByText('Ask the person who called you to read it to you.').waitFor()
    expect(await page.getByRole('main').textContent()).not.toContain('You did not call')
    await expectAccessible(page)
  })

  it('accepts a refusal, and does not ask again', async () => {
    const { id, link } = await managerAsked()
    const page = await opens(link)
    await press(page, 'No, I don’t vouch')
    await ends(page, 'You don’t vouch for Alex Caller. We’ve told Dana Desk.')
    expect(await page.getByRole('main').textContent()).not.toMatch(/hang up/i)
    expect(await endingOf(id)).toBe('notVouched')
    expect((await managerAsked()).reference).toMatch(/^\w{8}$/)
  })

  it('confirms the vouch, which can be withdrawn', async () => {
    const { id, link, reference } = await managerAsked()
    const page = await opens(link)
    await press(page, 'Yes, I know')
    await press(page, 'Continue')
    await page.getByText('You’re vouching for Alex Caller').waitFor()
    await type(page, { 'Code that the agent reads to you': await codeOf(reference) })
    await press(page, 'Continue')
    await type(page, { Password: 'Mira-Pass-2026' })
    await press(page, 'Sign in')
    await ends(page, 'Thank you. You vouch for Alex Caller.')
    expect(await endingOf(id)).toBe('approved')
    await press(page, 'Don’t vouch after all? You can still tell us.')
    await press(page, 'I don’t vouch')
    await ends(page, 'You don’t vouch for Alex Caller. We’ve told Dana Desk.')
  })
})
