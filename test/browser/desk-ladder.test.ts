import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, TestBrowser } from './browser.ts'
import { changeDesk, headline, openDesk, prepareCheck } from './desk.ts'
import { press } from './sign-in.ts'

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

async function begins(wanted: Parameters<typeof prepareCheck>[1]): Promise<Page> {
  const desk = await openDesk(await browser.person(), server)
  await prepareCheck(desk, wanted)
  await press(desk, 'Start check')
  return desk
}

const head = (desk: Page, name: string) => desk.getByRole('heading', { name, level: 1 }).waitFor()

it('asks the agent for a fallback verification, and shows the caller’s own data', async () => {
  const desk = await begins({ check: 'Caller lost a device or password' })
  await desk.getByRole('radio', { name: /^The number on file/ }).check()
  await desk.getByText('Like “Password only”, after you called back.').waitFor()
  await expectAccessible(desk)
  await press(desk, 'Continue')
  await desk.getByText('•••• 00').waitFor()
  await press(desk, 'Continue')
  await desk.getByRole('radio', { name: /^Neither: ask their manager/ }).check()
  await press(desk, 'Continue')
  await headline(desk, /^Give .* the link$/)
  await head(desk, 'Mira Marlow')
  await desk
    .getByText('Call Mira on a number you already know. Mira will be asked to vouch for Alex Caller.')
    .waitFor()
  await desk.getByText('Call Mira Marlow and read this to them. Don’t read it to the caller.').waitFor()
  await desk
    .getByRole('navigation', { name: 'Checks' })
    .getByText('Alex Caller · asked: Mira Marlow')
    .waitFor()
  await desk.getByText('This server is not set up to send email.').waitFor()
  expect(await desk.getByRole('button', { name: 'Send by email' }).count()).toBe(0)
  expect(await desk.getByText('alex@example.com').count()).toBe(0)
})

it('keeps an unfinished start in the list, also after a reload', async () => {
  const desk = await begins({ check: 'Caller lost a device or password', ticket: 'INC-33' })
  await head(desk, 'Alex Caller')
  await desk.getByRole('radio', { name: /^Passkey/ }).waitFor()
  await desk.getByRole('link', { name: 'All history' }).click()
  await desk.getByRole('heading', { name: 'History' }).waitFor()
  await desk.reload()
  await desk.getByRole('link', { name: /^Alex Caller Starting/ }).click()
  await desk.getByText('INC-33').waitFor()
  await press(desk, 'Continue')
  await headline(desk, /^Give .* the link$/)
  expect(await desk.getByRole('link', { name: /^Alex Caller Starting/ }).count()).toBe(0)
})

it('shows the journey’s reason for refusing a check', async () => {
  // Otherwise the desk itself asks for a second agent.
  await changeDesk(server, { privilegedNeedSecondAgent: false })
  const away = await begins({ query: 'noor', name: 'Noor Night', check: 'Caller lost a device or password' })
  await away.getByRole('alert').getByText('This account needs two agents: choose “Two agents”.').waitFor()
})
