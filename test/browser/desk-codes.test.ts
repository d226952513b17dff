import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, schemes, TestBrowser } from './browser.ts'
import { callerTypes, headline, openDesk, startCheck, timelineOn } from './desk.ts'
import { goOnAsCaller, heading, press, saysNotMe, type } from './sign-in.ts'

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

async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent())?.replaceAll(/\s/g, '') ?? ''
}

async function begun({ scheme = 'light' }: { scheme?: (typeof schemes)[number] } = {}) {
  const desk = await openDesk(await browser.person({ scheme }), server)
  const started = await startCheck(desk, { check: 'Verify with a code', action: 'Unlock the account' })
  const link = await desk.getByRole('textbox', { name: 'Link' }).inputValue()
  const codes = desk.getByRole('region', { name: 'Codes' })
  await codes.getByText('The code appears here once the caller has opened the link').waitFor()
  const code = await textOf(codes.locator('.big-code > [aria-hidden]'))
  const caller = await (await browser.person({ size: 'phone', scheme })).newPage()
  await caller.goto(link)
  await heading(caller).waitFor()
  return { desk, caller, code, codes, ...started }
}

describe('a check with codes', () => {
  it('tells a caller who looks at a form that the agent cancelled it', async () => {
    const { desk, caller } = await begun()
    await press(caller, 'I called the help desk')
    await press(caller, 'Continue')
    await caller.getByLabel(question).waitFor()
    await press(desk, 'Cancel check')
    await press(desk, 'Cancel the check')
    await caller.getByRole('heading', { name: 'This link no longer works' }).waitFor()
    expect(await caller.getByLabel(question).count()).toBe(0)
  })

  it.each(schemes)('leads from the code to a result that can be used once, in %s', async (scheme) => {
    const { desk, caller, code, codes } = await begun({ scheme })
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
    await expectAccessible(caller)
    await expectAccessible(desk)

    await press(caller, 'Continue')
    await caller.getByLabel(question).waitFor()
    await expectAccessible(caller)
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
    await expectAccessible(desk)
    await expectNoSidewaysScroll(desk)
    await desk.getByRole('button', { name: 'Mark as used' }).click()
    await desk.getByText('Used by Dana Desk').waitFor()
    await desk.reload()
    await desk.getByText('Used by Dana Desk').waitFor()
  })

  it('shows the code to read out after a reload', async () => {
    const { desk, code } = await begun()
    await desk.reload()
    const codes = desk.getByRole('region', { name: 'Codes' })
    await codes.waitFor()
    expect(await textOf(codes.locator('.big-code > [aria-hidden]').first())).toBe(code)
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

  it('pauses checks of the person after "This is not me", and says so at the next start', async () => {
    const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/help-desk`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        iplanetdirectorypro: await signInAsAdministrator(server.url),
      },
      body: JSON.stringify({ pauseMinutes: 60 }),
    })
    expect(answer.ok).toBe(true)
    const { desk, caller } = await begun()
    await saysNotMe(caller, 'I’m not on the phone with anyone')
    await headline(desk, 'Stop: not Alex')
    await desk.getByRole('link', { name: /^New/ }).locator('visible=true').first().click()
    await desk.getByLabel('Who is calling?').fill('alex')
    await desk.getByRole('option', { name: 'Alex Caller' }).first().click()
    await desk.getByText(/^Checks of Alex Caller are paused until/).waitFor()
    expect(await desk.getByRole('button', { name: 'Start check' }).isDisabled()).toBe(true)
    await expectAccessible(desk)
  })
})
