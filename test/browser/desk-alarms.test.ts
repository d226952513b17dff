import { afterAll, beforeAll, describe, it } from 'vitest'
import { backchannel, turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, deskOpens, letAnyoneStartChecks } from '../support/help-desk-play.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { originOf, signIn } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
  await turnOffPause(server.url)
  await letAnyoneStartChecks(server.url, { alarms: { denials: { count: 2 } } })
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

describe('an alarm', () => {
  it('stays on every page of a lead until the lead acknowledges it', async () => {
    const agent = await agentSignsIn(server.url)
    for (let count = 0; count < 2; count++) {
      const { id } = await deskOpens(server.url, agent)
      await backchannel(server.url, 'reject', { transaction: id })
    }
    const lead = await browser.person()
    await signIn(lead, server, { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' })
    const page = await lead.newPage()
    await page.goto(`${originOf(server)}/desk/wall`)
    const alarm = page.getByRole('alert').filter({ hasText: '2 denials in 1 hour.' })
    await alarm.waitFor()
    await page.goto(`${originOf(server)}/desk/history`)
    await alarm.waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await alarm.getByRole('button', { name: 'Acknowledge: 2 denials in 1 hour.' }).click()
    await alarm.waitFor({ state: 'detached' })
  })
})
