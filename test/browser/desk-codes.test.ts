import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { callerTypes, codeOn, headline, openCheck, timelineOn } from './desk.ts'
import { goOnAsCaller, heading, press, type } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const question = 'Code that the agent reads to you'

async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent())?.replaceAll(/\s/g, '') ?? ''
}

/** A check with codes, whose link the caller has opened. The agent reads the code out. */
async function begun() {
  const check = await openCheck(await browser.person(), server, { journey: 'VerifyWithCode' })
  const desk = check.page
  const codes = desk.getByRole('region', { name: 'Codes' })
  await codes.getByText('The code appears here once the caller has opened the link').waitFor()
  const code = await codeOn(desk)
  const caller = await (await browser.person({ size: 'phone' })).newPage()
  await caller.goto(check.link)
  await heading(caller).waitFor()
  return { desk, caller, code, codes }
}

describe('a check with codes', () => {
  it('leads from the code to a result that can be used once', async () => {
    const { desk, caller, code, codes } = await begun()
    expect(code).toMatch(/^\d{6}$/)
    const agents = caller.getByRole('region', { name: 'Agent’s code' })
    expect(await agents.count()).toBe(0)
    await press(caller, 'I called the help desk')
    await timelineOn(desk).getByText('Confirmed that they called').waitFor()
    await headline(desk, 'Read your own code to Alex first')
    await codes.locator('.big-code').nth(1).waitFor()
    const reverseCode = await textOf(codes.locator('.big-code > [aria-hidden]').first())
    expect(reverseCode).toMatch(/^\w{4}$/)
    expect(await textOf(agents.locator('[aria-hidden]'))).toBe(reverseCode)
    await expectGoodInEveryLook(desk)

    await press(caller, 'Continue')
    await caller.getByLabel(question).waitFor()
    await expectGoodInEveryLook(caller)
    // A part of the code isn't sent: a wrong code costs one of three tries.
    await type(caller, { [question]: code.slice(0, 2) })
    await caller.keyboard.press('Enter')
    await caller.getByText('The code has six digits.').waitFor()
    await type(caller, { [question]: `${code.slice(0, 3)} ${code.slice(3)}` })
    await caller.keyboard.press('Enter')
    await caller.getByLabel('Password', { exact: true }).waitFor()
    await headline(desk, 'Alex is signing in')
    expect(await timelineOn(desk).getByText(/wrong/i).count()).toBe(0)
    await timelineOn(desk).getByText('Entered the code correctly').waitFor()
    await callerTypes(caller, 'Alex-Pass-2026')

    await headline(desk, 'Verified')
    const proved = desk.getByRole('list', { name: 'Verified with' })
    await proved.waitFor()
    expect(await proved.getByRole('listitem').allTextContents()).toEqual(['Password', 'Code from you'])
    await expectGoodInEveryLook(desk)
    await desk.getByRole('button', { name: 'Mark as used' }).click()
    await desk.getByText('Used by Dana Desk').waitFor()
    await desk.reload()
    await desk.getByText('Used by Dana Desk').waitFor()
  })

  it('shows the code to read out after a reload, and the caller when the agent cancels it', async () => {
    const { desk, caller, code, codes } = await begun()
    await goOnAsCaller(caller)
    await caller.getByLabel(question).waitFor()
    await desk.reload()
    await codes.locator('.big-code').nth(1).waitFor()
    expect(await textOf(codes.locator('.big-code > [aria-hidden]').nth(1))).toBe(code)
    await press(desk, 'Cancel check')
    await press(desk, 'Cancel the check')
    await caller.getByRole('heading', { name: 'This link no longer works' }).waitFor()
    expect(await caller.getByLabel(question).count()).toBe(0)
  })

  it('shows each wrong code, and ends with the third', async () => {
    const { desk, caller, code } = await begun()
    await goOnAsCaller(caller)
    const wrong = (code.startsWith('1') ? '2' : '1') + code.slice(1)
    const tries = [
      ['2 tries left', '2 tries are left.'],
      ['One try left', 'One try is left.'],
    ] as const
    for (const [onDesk, onPhone] of tries) {
      await caller.getByLabel(question).fill(wrong)
      await caller.keyboard.press('Enter')
      await timelineOn(desk)
        .getByText(new RegExp(`${onDesk}$`))
        .waitFor()
      // The desk may know it before the caller's page has changed.
      await caller.getByText(onPhone).waitFor()
    }
    await caller.getByLabel(question).fill(wrong)
    await caller.keyboard.press('Enter')
    await headline(desk, 'Not verified')
    await desk.getByText('The code was entered wrong three times.').first().waitFor()
    await expectAccessible(desk)
  })
})
