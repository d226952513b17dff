import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { openConsole } from './console.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, 'Strict', {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
      password: { type: 'PasswordCollectorNode', to: { outcome: 'decide' } },
      decide: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
    }),
  )
  browser = await TestBrowser.launch()
  for (const name of ['alex', 'NobodyHasThisName']) {
    const page = await answerStep(server.url, await startJourney(server.url, 'Strict'), [name])
    expect((await answerStep(server.url, page, ['Wrong-Pass-2026'])).status).toBe(401)
  }
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

describe('failed sign-ins', () => {
  it('are found in the navigation, filtered by person and journey, and lead to the run', async () => {
    const { page } = await openConsole(browser, server, '/journeys?realm=%2Falpha')
    await page.getByRole('navigation').getByRole('link', { name: 'Failed sign-ins' }).click()
    await page.getByRole('heading', { name: 'Failed sign-ins', level: 1 }).waitFor()
    // A username that nobody has could be a password.
    await page.getByText('Unknown username, or none').waitFor()
    expect(await page.getByRole('main').textContent()).not.toContain('NobodyHasThisName')

    await page.getByRole('textbox', { name: 'Person' }).fill('alex')
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByRole('textbox', { name: 'Journey' }).fill('HelpDesk')
    await page.getByRole('heading', { name: 'No matching sign-ins' }).waitFor()
    await page.getByRole('link', { name: 'Show all' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBe(3)
    await expectGoodInEveryLook(page)

    const row = page.getByRole('row').filter({ hasText: 'alex' })
    await row.getByText('Strict', { exact: true }).waitFor()
    await row.getByRole('link', { name: 'Open the run' }).click()
    await page.waitForURL(/\/runs\//)
  })

  it('lead to no run for auditors, and for entries whose run is deleted', async () => {
    const { page } = await openConsole(browser, server, '/journeys?realm=%2Falpha')
    await page.clock.setFixedTime(Date.now() + 25 * 3_600_000)
    await page.goto(page.url().replace('/journeys', '/failed-sign-ins'))
    await page.getByText('alex').waitFor()
    expect(await page.getByRole('link', { name: 'Open the run' }).count()).toBe(0)
    await page.clock.setFixedTime(Date.now())
    await page.route('**/rights*', async (call) => {
      const answer = await call.fetch()
      await call.fulfill({ json: { ...(await answer.json()), may: ['audit', 'staff'] } })
    })
    await page.reload()
    await page.getByText('alex').waitFor()
    expect(await page.getByRole('link', { name: 'Open the run' }).count()).toBe(0)
  })
})
