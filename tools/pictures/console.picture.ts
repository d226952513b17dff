import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestBrowser } from '../../test/browser/browser.ts'
import { engineer, openJourney } from '../../test/browser/editor.ts'
import { originOf } from '../../test/browser/signed-in.ts'
import { startServer, type TestServer } from '../../test/support/start-server.ts'
import { keepPicture } from './picture.ts'

const size = { width: 1440, height: 860 }
const scale = 1.25

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

describe('the console', () => {
  it('with the journeys of a realm', async () => {
    const page = await (await engineer(browser, server, { scale })).newPage()
    await page.setViewportSize(size)
    await page.goto(`${originOf(server)}/console/journeys?realm=/alpha`)
    await page.getByRole('link', { name: 'HelpDesk', exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    keepPicture('journeys.png', await page.screenshot())
  })

  it('with a journey, and a run of it beside', async () => {
    const page = await openJourney(await engineer(browser, server, { scale }), server, 'Login')
    await page.setViewportSize(size)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const run = page.getByRole('region', { name: 'Run' })
    for (const password of ['not the one', 'Alex-Pass-2026']) {
      await expect.poll(() => run.getByLabel('Password', { exact: true }).inputValue()).toBe('')
      await run.getByLabel('User Name').fill('alex')
      await run.getByLabel('Password', { exact: true }).fill(password)
      await run.getByRole('button', { name: 'Next', exact: true }).click()
    }
    await run.getByText('Signed in').waitFor()
    await run.getByRole('button', { name: /Three Tries/ }).click()
    await page.getByRole('button', { name: 'Fit to view (F)' }).click()
    await page.mouse.move(0, 0)
    await page.getByRole('tooltip').waitFor({ state: 'detached' })
    await page.waitForLoadState('networkidle')
    keepPicture('run.png', await page.screenshot())
  })
})
