import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { signIn as signInOnWire } from '../support/wire.ts'
import { expectAccessible, TestBrowser } from './browser.ts'
import { headline, linkOn, openCheck, openDesk, prepareCheck, reject, timelineOn } from './desk.ts'
import { heading, press } from './sign-in.ts'

const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }
const alpha = '/realms/root/realms/alpha'

let server: TestServer
let browser: TestBrowser
let mail: Awaited<ReturnType<typeof startMailServer>>
let ask: Ask

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(
    // As in the vendor's documentation: the journey doesn't pass on the agent's entries.
    (stores) =>
      saveVariant(stores, 'HelpDesk', 'AsPrinted', {
        QueryParameterNode: { allowedQueryParameters: { unused: 'unused' } },
      }),
    { smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>', smtpAllow: ['127.0.0.1'] },
  )
  ask = asking(server.url, await signInAsAdministrator(server.url))
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await mail.stop()
})

const desk = async (): Promise<Page> => openDesk(await browser.person(), server)

const offers = async (journey: string) => {
  const settings = { checks: [{ journey, title: journey }], pauseMinutes: 60 }
  expect((await ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: settings })).status).toBe(200)
}

it('counts a link as sent when a mail server has it, numbers failed sign-ins, and names a colleague’s check', async () => {
  const { page, id } = await openCheck(await browser.person(), server)
  await press(page, 'Send by email')
  await page.getByText(/^Sent to a•••x@example\.com at/).waitFor()
  await timelineOn(page).getByText('The mail server accepted it').waitFor()

  const failures = timelineOn(page).getByText('Sign-in failed')
  for (const times of [1, 2]) {
    await callerSignsIn(server.url, id, 'wrong')
    await failures.nth(times - 1).waitFor()
  }
  await page.getByText('Sign-in failed (2)').waitFor()
  await deskOpens(server.url, await signInOnWire(server.url, 'noor', 'Noor-Pass-2026'))
  await page.getByRole('alert').getByText('Noor Night is also checking Alex Caller.').waitFor()
  await callerSignsIn(server.url, id)
  await headline(page, 'Proven, but can’t be used')
  await page.getByRole('region', { name: 'Record' }).getByText('Failed sign-ins').waitFor()
})

it('checks the chosen person of two who share an email address', async () => {
  const page = await desk()
  await prepareCheck(page, { query: 'sam', name: 'Pharmacy', check: 'Verify a caller' })
  await page.getByRole('region', { name: 'Who is calling' }).getByText('Pharmacy').waitFor()
  await press(page, 'Start check')
  await headline(page, /^Give .* the link$/)
  const reference = new URL(page.url()).pathname.split('/').at(-1)
  const { body } = await ask(`${alpha}/backchannel-transactions/${reference}`)
  expect(body.subjectId).toBe('87932b85-dd6d-4cb6-8a5b-6b7d8a9dbffd')
})

it('shows the caller’s text before the start, even if the journey doesn’t pass it on', async () => {
  await offers('AsPrinted')
  const page = await desk()
  await prepareCheck(page, { check: 'AsPrinted', ticket: 'INC-9' })
  const preview = page.getByRole('complementary', { name: 'What the caller will see' })
  const lines = [
    'Who called?',
    'Dana Desk of Larkfield Health wants to make sure it’s you.',
    'Unlock the account',
    'INC-9',
  ]
  for (const line of lines) await preview.getByText(line).waitFor()
  await press(page, 'Start check')
  await headline(page, /^Give .* the link$/)
  const caller = await (await browser.person({ size: 'phone' })).newPage()
  await caller.goto(await linkOn(page))
  await heading(caller).waitFor()
  for (const line of lines) await caller.getByText(line).first().waitFor()
})

it('lets a lead lift the pause after "This is not me", and an agent only see it', async () => {
  await offers('HelpDesk')
  const { id } = await deskOpens(server.url, await agentSignsIn(server.url))
  await reject(server, id)
  const agents = await desk()
  await prepareCheck(agents, { check: 'HelpDesk' })
  await agents.getByText(/Checks of Alex Caller are paused until/).waitFor()
  expect(await agents.getByRole('button', { name: 'Lift the pause' }).count()).toBe(0)
  expect(await agents.getByRole('button', { name: 'Start check' }).isDisabled()).toBe(true)
  await expectAccessible(agents)

  const page = await openDesk(await browser.person(), server, '/desk/', lena)
  await prepareCheck(page, { check: 'HelpDesk' })
  await page.getByLabel('Why can checks go on?').fill('called back')
  await press(page, 'Lift the pause')
  await press(page, 'Start check')
  await headline(page, /^Give .* the link$/)
})
