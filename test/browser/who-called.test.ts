import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backchannel, turnOffPause } from '../support/backchannel-client.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { goOnAsCaller, heading, press, saysNotMe, type } from './sign-in.ts'
import { type StartedCheck, startedCheck } from './started-check.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const question = 'Code that the agent reads to you'

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

const ends = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()

const buttonsOn = (page: Page) => page.getByRole('main').getByRole('button').allTextContents()

const managerAsked = () => startedCheck(server, { journey: 'FallbackLadder', more: [[5]] })

describe("the caller's page", () => {
  it('asks who called before it shows a code, and for confirmation of "This is not me", whose time it shows then', async () => {
    const { id, link } = await startedCheck(server)
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
    await page.setViewportSize(sizes.phone)
    await press(page, 'I called the help desk')
    await page.getByRole('region', { name: 'Agent’s code' }).waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.phone)
    await page.reload()
    await page.getByRole('region', { name: 'Agent’s code' }).waitFor()

    await press(page, 'This is not me')
    await ends(page, 'Didn’t you call?')
    await expectAccessible(page)
    await press(page, 'Back')
    await press(page, 'Continue')
    await type(page, { [question]: '12' })
    await press(page, 'This is not me')
    await page.getByRole('region', { name: 'Didn’t you call?' }).waitFor()
    await expectAccessible(page)
    await press(page, 'Back')
    expect(await page.getByLabel(question).inputValue()).toBe('12')
    expect(await endingOf(id)).toBeNull()

    await saysNotMe(page)
    await ends(page, 'Thank you. We’ve told Dana Desk.')
    expect(await endingOf(id)).toBe('notMe')
    await page.reload()
    await page.getByText(/^You told us at \d/).waitFor()
    expect(await buttonsOn(page)).toEqual([])
  })

  it('ends as an attack if the caller was called, also when opened again', async () => {
    const { id, link } = await startedCheck(server)
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

  it('asks in Spanish, French and Arabic without English words', async () => {
    const { link } = await startedCheck(server)
    for (const locale of ['es', 'fr', 'ar']) {
      const page = await (await browser.person({ size: 'phone', locale })).newPage()
      await page.goto(link)
      await page.locator('.caller-choices').waitFor()
      const texts = (await page.getByRole('main').textContent()) ?? ''
      expect(texts).not.toMatch(/called|somebody|asking|on the phone|\{/i)
      if (locale === 'ar') await expectAccessible(page)
    }
  })
})

describe('a failed sign-in', () => {
  /** The caller goes on to the password with a wrong one, and then types the right one. */
  async function signsInAtTheSecondTry({ link, code }: StartedCheck): Promise<Page> {
    const page = await opens(link)
    await goOnAsCaller(page)
    const signsIn = async (password: string) => {
      await type(page, { [question]: await code() })
      await press(page, 'Continue')
      await type(page, { Password: password })
      await press(page, 'Sign in')
    }
    await signsIn('not-the-password')
    await page
      .getByRole('alert')
      .getByText(/That (didn’t work|was not correct)/)
      .waitFor()
    await signsIn('Alex-Pass-2026')
    return page
  }

  it('restarts the journey, and the page of success offers "This is not me"', async () => {
    const page = await signsInAtTheSecondTry(
      await startedCheck(server, { journey: 'FallbackLadder', more: [[2]] }),
    )
    await ends(page, 'You’re verified. Go back to your call.')
    const late = page.getByRole('button', { name: 'Wasn’t you? You can still tell us.' })
    expect(await late.evaluate((button) => getComputedStyle(button).borderStyle)).toBe('none')
    await late.click()
    await press(page, 'I didn’t call')
    await page.getByText('The check had already finished').waitFor()
    await page.reload()
    await page.getByText(/^You told us at \d/).waitFor()
  })

  it('restarts the journey of two agents, which says why it ended without a second factor', async () => {
    const page = await signsInAtTheSecondTry(await startedCheck(server, { journey: 'TwoAgents' }))
    await ends(page, 'This check has ended')
    await page.locator('.notice.bad').getByText(needsFactor).waitFor()
  })
})

/** Text of the sample's Set Failure Details node. */
const needsFactor = 'This account needs a second factor. Come to the help desk in person.'

describe('the page of a manager who is asked to vouch', () => {
  it('asks whether they know of the call, and confirms the vouch, which can be withdrawn', async () => {
    const { id, link, code } = await managerAsked()
    const page = await opens(link)
    await ends(page, 'Do you know that Alex Caller is calling us?')
    await page.getByText('Alex Caller says that you are their manager.').waitFor()
    expect(await buttonsOn(page)).toEqual(['Yes, I know', 'No, I don’t vouch'])
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.phone)
    await press(page, 'Yes, I know')
    await page.getByText('Ask the person who called you to read it to you.').waitFor()
    expect(await page.getByRole('main').textContent()).not.toContain('You did not call')
    await expectAccessible(page)

    await press(page, 'Continue')
    await page.getByText('You’re vouching for Alex Caller').waitFor()
    await type(page, { [question]: await code() })
    await press(page, 'Continue')
    await type(page, { Password: 'Mira-Pass-2026' })
    await press(page, 'Sign in')
    await ends(page, 'Thank you. You vouch for Alex Caller.')
    expect(await endingOf(id)).toBe('approved')
    await press(page, 'Don’t vouch after all? You can still tell us.')
    await press(page, 'I don’t vouch')
    await ends(page, 'You don’t vouch for Alex Caller. We’ve told Dana Desk.')
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
})
