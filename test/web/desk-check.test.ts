import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerEnters, callerOpens, callerSignsIn } from '../help-desk-play.ts'
import { startServer, type TestServer } from '../start-server.ts'
import { TestBrowser } from './browser.ts'
import { openDesk, startCheck } from './desk.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  await browser.close()
  await server.stop()
})

describe('a check', () => {
  it('is found, started, watched and verified, without a reload', async () => {
    const person = await browser.person()
    const page = await openDesk(person, server)
    const { id } = await startCheck(page, { action: 'Unlock the account' })

    const asked = await callerOpens(server.url, id)
    await page.getByRole('heading', { name: 'Alex opened the link' }).waitFor()

    await callerEnters(server.url, asked, 'not-the-password')
    await page.getByRole('heading', { name: 'Alex is signing in' }).waitFor()
    const timeline = page.getByRole('region', { name: 'What happened' })
    await timeline.getByText('“User has entered their credentials”').waitFor({ timeout: 1_000 })

    await callerSignsIn(server.url, id)
    await timeline.getByText("“User's credentials are valid”").waitFor({ timeout: 1_000 })
    await page.getByRole('heading', { name: 'Verified' }).waitFor({ timeout: 1_000 })
    await page.getByText('It is Alex Caller. You may go on with: Unlock the account.').waitFor()
    expect(await page.title()).toBe('Verified · Alex Caller')
    await timeline.getByText('“User successfully authenticated”').waitFor()
    browser.expectNoProblems()
    await person.close()
  })
})
