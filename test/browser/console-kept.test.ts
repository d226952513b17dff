import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { openConsole, wireOf } from './console.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startPrepared((stores) => saveRealm(stores, '/alpha'))
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const alpha = '/am/json/realms/root/realms/alpha'
const kept = (page: Page) => page.getByRole('list', { name: 'Kept settings' })
const row = (page: Page, text: string) => kept(page).getByRole('listitem').filter({ hasText: text })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** An import with settings that have no effect here. */
const settings = {
  meta: {},
  global: { sync: { _id: 'sync', mappings: [] }, server: { '01': { url: 'https://am.example.com' } } },
  realm: { 'root-alpha': { trees: {}, policyset: { one: { name: 'one' }, two: { name: 'two' } } } },
}

describe('settings kept from imports', () => {
  it('are listed by kind with their number, and removed after confirmation', async () => {
    const { person, page } = await openConsole(browser, server, '/realm?realm=%2Falpha')
    const tab = page.getByRole('link', { name: 'Kept from imports' })
    await tab.click()
    await page.getByRole('heading', { name: 'Nothing kept' }).waitFor()
    await expectGoodInEveryLook(page)

    const wire = wireOf(person, server)
    expect((await wire.post(`${alpha}/journeys?_action=import`, settings)).status).toBe(200)
    await wire.put(`${alpha}/realm-config/authentication/chains/desk`, { authChainConfiguration: [] })
    await page.reload()
    await row(page, 'Policy sets').getByText('one, two', { exact: true }).waitFor()
    await row(page, 'Policy sets').getByText('2 settings, 1 KB').waitFor()
    await row(page, 'Authentication chains').getByText('From a tool, by REST').waitFor()
    await page.getByText('these settings have no effect here and come back in exports').waitFor()
    await expectGoodInEveryLook(page)

    await row(page, 'Policy sets').getByRole('button', { name: 'Remove', exact: true }).click()
    await row(page, 'Policy sets').getByText('Exports no longer have them').waitFor()
    await expectGoodInEveryLook(page)
    await button(page, 'Keep').click()
    await row(page, 'Policy sets').getByRole('button', { name: 'Remove', exact: true }).click()
    await button(page, 'Remove 2 settings').click()
    await row(page, 'Policy sets').waitFor({ state: 'detached' })
    const { body } = await wire.get(`${alpha}/realm-config/kept-settings`)
    expect(body.result.map(({ _id }: { _id: string }) => _id)).toEqual([
      'import-server',
      'import-sync',
      'keptChain',
    ])
    await person.close()
  }, 120_000)

  it('of the whole server are marked in the root realm', async () => {
    const { person, page } = await openConsole(browser, server, '/realm/kept?realm=%2F')
    await wireOf(person, server).put('/openidm/config/access', { configs: [] })
    await page.reload()
    await row(page, 'Configuration of the identity management').getByText('Whole server').waitFor()
    await person.close()
  })
})
