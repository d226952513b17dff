import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import { callerOpens } from '../support/help-desk-play.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { registerApp, saveRegistration } from '../support/registered-app.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn } from '../support/wire.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { headline, linkOn, openDesk, prepareCheck } from './desk.ts'
import { press, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

const noor = { realm: 'alpha', journey: 'Login', name: 'noor', password: 'Noor-Pass-2026' }

let server: TestServer
let browser: TestBrowser
/** A session of the second agent, eleven minutes old. */
let stale: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRegistration(stores)
    const { session, token } = newSession(
      {
        realm: '/alpha',
        identity: { id: 'c0e4a5f2-3b71-4f5e-8a6d-2f9b7d104c38', userName: 'noor' },
        journey: 'Login',
        authLevel: 0,
        properties: { amr: 'pwd' },
        maxIdleMinutes: 30,
        maxSessionMinutes: 120,
      },
      Date.now() - 11 * 60_000,
    )
    await stores.sessions.create({ ...session, lastUsedAt: Date.now() })
    stale = token
  })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** The first agent starts a check that needs a second one. */
async function asks(ticket: string): Promise<Page> {
  const desk = await openDesk(await browser.person(), server)
  await prepareCheck(desk, { check: 'Two agents', ticket })
  await press(desk, 'Start check')
  await desk.getByRole('heading', { name: 'Waiting for a second agent' }).waitFor()
  return desk
}

/** The code that the first agent reads out, from REST as the desk gets it. */
async function codeOf(desk: Page): Promise<string> {
  const reference = new URL(desk.url()).pathname.split('/').at(-1)
  const url = `${originOf(server)}/am/json/realms/root/realms/alpha/help-desk/verifications/${reference}`
  const answer = await desk.request.get(url)
  return String((await answer.json()).verification.code)
}

/** The second agent follows the call to the request with this ticket. */
async function looksAt(desk: Page, ticket: string): Promise<void> {
  await desk.getByRole('link', { name: 'Look at it' }).click()
  await desk.getByRole('heading', { name: 'Dana Desk asks for a second agent' }).waitFor()
  await desk.getByText(ticket).waitFor()
}

/** Another tab is in front of the desk, or no longer. */
async function hides(desk: Page, state: DocumentVisibilityState): Promise<void> {
  await desk.evaluate((is) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => is })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

async function answers(desk: Page, answer: 'Approve' | 'Decline'): Promise<void> {
  await press(desk, answer)
  await press(desk, `${answer} the check`)
}

describe('a request for a second agent', () => {
  it('is declined with a reason, repeated, approved by the colleague, and ends with a verified caller', async () => {
    const code = await registerApp(server.url, 'alex')
    const second = await openDesk(await browser.person(), server, '/desk/', noor)
    await hides(second, 'hidden')
    const first = await asks('INC-1')
    await expectAccessible(first)
    await expect.poll(() => second.title()).toBe('(1) Dana Desk needs a second agent')
    await hides(second, 'visible')
    await looksAt(second, 'INC-1')
    await second.getByRole('heading', { name: 'Alex Caller', level: 1 }).waitFor()
    await second.getByText('Unlock the account').waitFor()
    expect(await second.title()).toBe('Approval · Alex Caller')
    await expectGoodInEveryLook(second)

    await press(second, 'Decline')
    await second.getByLabel('Reason (optional)').fill('Call Alex back first')
    await expectAccessible(second)
    await second.context().setOffline(true)
    await press(second, 'Decline the check')
    await second.getByRole('alert').getByText('The server cannot be reached. Try again.').waitFor()
    await second.context().setOffline(false)
    // The reason is still there.
    await answers(second, 'Decline')
    await second.getByText('Noor Night declined this check.').waitFor()
    await first.getByText('Noor Night declined.').waitFor()
    await first.getByText('Call Alex back first').waitFor()

    await first.getByRole('radio', { name: 'Ask again' }).check()
    await press(first, 'Continue')
    await looksAt(second, 'INC-1')
    await answers(second, 'Approve')
    await second.getByText('Noor Night approved this check.').waitFor()
    await headline(first, /^Give .* the link$/)
    await first.getByText('Noor Night', { exact: true }).first().waitFor()
    const id = new URL(await linkOn(first)).searchParams.get('authIndexValue') ?? ''
    const notice = await answerStep(server.url, await callerOpens(server.url, id), [0])
    const typed = await answerStep(server.url, notice, [await codeOf(first)])
    const password = await answerStep(server.url, typed, ['Alex-Pass-2026'])
    expect((await answerStep(server.url, password, [code(), 0])).status).toBe(200)
    await headline(first, /verified/i)
  })

  it('names the colleague who was faster, and ends when the first agent gives up', async () => {
    const second = await openDesk(await browser.person(), server, '/desk/', noor)
    const first = await asks('INC-2')
    await looksAt(second, 'INC-2')
    const list = /\/help-desk\/approvals$/
    await second.route(list, (route) => route.abort())
    const lena = await signIn(server.url, 'lena', 'Lena-Pass-2026')
    const id = new URL(second.url()).pathname.split('/').at(-1)
    const path = `/realms/root/realms/alpha/help-desk/approvals/${id}?_action=decline`
    const declined = await asking(server.url, lena)(path, { method: 'POST', body: {} })
    expect(declined.status).toBe(200)
    await answers(second, 'Approve')
    await second.getByText(/Lena Lead has declined this request already\.$/).waitFor()
    await second.unroute(list)
    await second.getByRole('heading', { name: 'Nothing to approve here' }).waitFor()
    await second.getByText(/Lena Lead has declined this request already\.$/).waitFor()

    await first.getByRole('radio', { name: 'Ask again' }).check()
    await press(first, 'Continue')
    await second.getByRole('link', { name: 'Look at it' }).waitFor()
    await press(first, 'Stop waiting')
    await first.getByText('No second agent approved this check, and nobody is verified.').waitFor()
    await second.getByRole('link', { name: 'Look at it' }).waitFor({ state: 'detached' })
  })

  it('needs a recent sign-in of the colleague, and then goes through by itself', async () => {
    const first = await asks('INC-3')
    const person = await browser.person()
    const second = await openDesk(person, server, '/desk/', noor)
    await looksAt(second, 'INC-3')
    const url = originOf(server)
    await person.addCookies([{ name: 'iPlanetDirectoryPro', value: stale, url, httpOnly: true }])
    await answers(second, 'Approve')
    const [page] = await Promise.all([
      person.waitForEvent('page'),
      second.getByRole('button', { name: 'Sign in again' }).click(),
    ])
    await type(page, { 'User Name': 'noor', Password: noor.password })
    await Promise.all([page.waitForEvent('close'), press(page, 'Sign in')])
    await second.getByText('Noor Night approved this check.').waitFor()
    await headline(first, /^Give .* the link$/)
  })
})
