import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn as signInOnWire } from '../support/wire.ts'
import { TestBrowser } from './browser.ts'
import { openConsole } from './console.ts'
import {
  callerOn,
  callerTypes,
  headline,
  linkOn,
  openDesk,
  prepareCheck,
  reject,
  startCheck,
  timelineOn,
} from './desk.ts'
import { heading, press } from './sign-in.ts'
import { originOf, signIn } from './signed-in.ts'

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

describe('a failed sign-in of the caller', () => {
  it('is shown at once with its number, and stays in the record', async () => {
    const page = await desk()
    await startCheck(page, { action: 'Unlock the account', check: 'Verify a caller' })
    const link = await linkOn(page)
    for (const times of [1, 2]) {
      const caller = await callerOn(browser, link)
      await callerTypes(caller, 'wrong')
      await timelineOn(page)
        .getByText('Sign-in failed')
        .nth(times - 1)
        .waitFor()
    }
    await page.getByText('Sign-in failed (2)').waitFor()
    const caller = await callerOn(browser, link)
    await callerTypes(caller, 'Alex-Pass-2026')
    await headline(page, 'Proven, but can’t be used')
    await page.getByRole('region', { name: 'Record' }).getByText('Failed sign-ins').waitFor()
  })
})

describe('a link by email', () => {
  it('counts as sent only after a mail server has accepted it', async () => {
    const page = await desk()
    await startCheck(page, { check: 'Verify a caller' })
    await press(page, 'Send by email')
    await page.getByText(/^Sent to a•••x@example\.com at/).waitFor()
    await timelineOn(page).getByText('The mail server accepted it').waitFor()
  })

  it('is not offered without a mail server', async () => {
    const without = await startServer()
    const page = await openDesk(await browser.person(), without)
    await startCheck(page, { check: 'Verify a caller' })
    await page.getByText('This server is not set up to send email.').waitFor()
    expect(await page.getByRole('button', { name: 'Send by email' }).count()).toBe(0)
    await page.context().close()
    await without.stop()
  })
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

it('shows the vouching manager and the recipient of the code, and lists the check under the caller', async () => {
  const page = await desk()
  await prepareCheck(page, { action: 'Unlock the account', check: 'Caller lost a device or password' })
  await press(page, 'Start check')
  await page.getByRole('radio', { name: /^Neither: ask their manager/ }).check()
  await press(page, 'Continue')
  await headline(page, /^Give .* the link$/)
  await page
    .getByText('Call Mira on a number you already know. Mira will be asked to vouch for Alex Caller.')
    .waitFor()
  await page.getByText('Call Mira Marlow and read this to them. Don’t read it to the caller.').waitFor()
  await page
    .getByRole('navigation', { name: 'Checks' })
    .getByText('Alex Caller · asked: Mira Marlow')
    .waitFor()
})

it('shows two agents that they check the same person', async () => {
  const page = await desk()
  await startCheck(page, { check: 'Verify a caller' })
  const noor = await signInOnWire(server.url, 'noor', 'Noor-Pass-2026')
  await deskOpens(server.url, noor)
  await page.getByRole('alert').getByText('Noor Night is also checking Alex Caller.').waitFor()
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
  await offers('HelpDesk')
})

it('lets a lead lift the pause after "This is not me", and an agent only see it', async () => {
  await offers('HelpDesk')
  const { id } = await deskOpens(server.url, await agentSignsIn(server.url))
  await reject(server, id)
  const agents = await desk()
  await prepareCheck(agents, { check: 'HelpDesk' })
  await agents.getByText(/Checks of Alex Caller are paused until/).waitFor()
  expect(await agents.getByRole('button', { name: 'Lift the pause' }).count()).toBe(0)

  const { body } = await ask('/openidm/managed/alpha_user?_queryFilter=userName+eq+"noor"')
  const roles = { roles: ['agent-lead'] }
  await ask(`/openidm/managed/alpha_user/${body.result[0]._id}?_action=setRoles`, {
    method: 'POST',
    body: roles,
  })
  const person = await browser.person()
  await signIn(person, server, { realm: 'alpha', journey: 'Login', name: 'noor', password: 'Noor-Pass-2026' })
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/desk/`)
  await prepareCheck(page, { check: 'HelpDesk' })
  await page.getByLabel('Why can checks go on?').fill('called back')
  await press(page, 'Lift the pause')
  await press(page, 'Start check')
  await headline(page, /^Give .* the link$/)
})

it('names the agent and the caller of a finished check in the audit trail', async () => {
  await offers('HelpDesk')
  await ask(`${alpha}/help-desk/people/ac6c7d3f-bb79-445f-8726-c3b6bda5b290?_action=liftPause`, {
    method: 'POST',
    body: { reason: 'called back' },
  })
  const session = await agentSignsIn(server.url)
  const headers = { iplanetdirectorypro: session, prefer: 'wait=20' }
  const { id, page: waiting } = await deskOpens(server.url, session)
  await answerStep(server.url, await callerOpens(server.url, id), ['Alex-Pass-2026'])
  let answer = waiting
  while (answer.body.authId !== undefined) answer = await answerStep(server.url, answer, [], { headers })
  const { page } = await openConsole(browser, server, '/audit?realm=%2Falpha')
  const ended = page.getByRole('row').filter({ hasText: 'HelpDesk' }).filter({ hasText: 'Journey ended' })
  await expect.poll(() => ended.first().textContent()).toContain('dana')
  expect(await ended.first().textContent()).toContain('alex')
})
