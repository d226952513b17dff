import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webhookEvents } from '../../src/help-desk/webhooks/webhook.ts'
import { agentSignsIn, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { startHooks } from '../support/hooks-server.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { openConsole, wireOf } from './console.ts'

let hooks: Awaited<ReturnType<typeof startHooks>>
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  hooks = await startHooks()
  server = await startServer({ httpAllow: [hooks.host] })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await hooks.stop()
})

const receivers = '/am/json/realms/root/realms/alpha/realm-config/help-desk/receivers'

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const rowWith = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

/** @returns the secret, which is shown only once. */
async function add(page: Page, address: string): Promise<string> {
  await button(page, 'New webhook').click()
  await field(page, 'URL').fill(address)
  await button(page, 'Add webhook').click()
  const secret = await field(page, 'Secret').inputValue()
  await button(page, 'Open webhook').click()
  await page.getByRole('heading', { name: address, level: 2 }).waitFor()
  return secret
}

/** Runs a check to its result. @returns its reference. */
async function check(): Promise<string> {
  const { id, reference } = await deskOpens(server.url, await agentSignsIn(server.url))
  await callerSignsIn(server.url, id)
  return reference
}

describe('webhooks of a realm', () => {
  it('are added with a secret that is shown once, get the events of a check, and are removed', async () => {
    const { person, page } = await openConsole(browser, server, '/realm?realm=%2Falpha')
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()

    await button(page, 'New webhook').click()
    await field(page, 'URL').fill('tickets.example.com')
    await page.getByRole('radio', { name: 'Selected events' }).check()
    await page.getByRole('checkbox', { name: 'Wrong code', exact: true }).uncheck()
    await button(page, 'Add webhook').click()
    // The field shows the error and keeps the text.
    await page.getByText('The URL must be an http or https address').waitFor()
    await expect.poll(() => field(page, 'URL').getAttribute('aria-invalid')).toBe('true')
    expect(await field(page, 'URL').inputValue()).toBe('tickets.example.com')
    await expectGoodInEveryLook(page)
    await page.getByRole('radio', { name: 'All events' }).check()
    const address = `http://${hooks.host}/checks`
    await field(page, 'URL').fill(address)
    await button(page, 'Add webhook').click()
    await page.getByText('You won’t see it again.').waitFor()
    const secret = await field(page, 'Secret').inputValue()
    expect(secret).toMatch(/^whsec_/)
    await button(page, 'Open webhook').click()
    await page.getByText('No deliveries yet.').waitFor()
    const [stored] = (await wireOf(person, server).get(`${receivers}?_queryFilter=true`)).body.result
    expect(stored).toMatchObject({ url: address, events: [...webhookEvents], enabled: true })

    const reference = await check()
    await button(page, 'Send test event').press('Enter')
    await page.getByRole('status').getByText('delivered (HTTP 200).').waitFor()
    await rowWith(page, 'Approved').getByText('Delivered').waitFor()
    await rowWith(page, 'Approved').getByRole('link', { name: reference }).waitFor()
    // The focus stays where it was, for keyboard users.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Send test event')
    await button(page, `Resend, Approved, ${reference}`).press('Enter')
    const received = () => hooks.requests.map(({ headers }) => headers['webhook-id'])
    await expect.poll(() => received().length - new Set(received()).size).toBe(1)
    await rowWith(page, 'Approved').getByText('Delivered').waitFor()
    await expectGoodInEveryLook(page)

    await button(page, 'Create new secret').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Create new secret' }).click()
    await page.getByText('The old secret no longer works.').waitFor()
    expect(await field(page, 'Secret').inputValue()).not.toBe(secret)
    await button(page, 'Done').click()

    await button(page, 'Delete webhook').click()
    await page.getByText('No events are pending.').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete webhook' }).click()
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
    await person.close()
  }, 60_000)

  it('show pending deliveries that failed, can be disabled, and lose pending deliveries when removed', async () => {
    hooks.answer.status = 500
    const { person, page } = await openConsole(browser, server, '/realm/webhooks?realm=%2Falpha')
    await add(page, `http://${hooks.host}/down`)
    await button(page, 'Send test event').click()
    await page.getByRole('status').getByText('not accepted (HTTP 500).').waitFor()
    const row = rowWith(page, 'Test')
    await row.getByText('HTTP 500').waitFor()
    await row.getByText('Pending').waitFor()
    await page.getByRole('radiogroup', { name: 'State' }).getByText('Delivered').click()
    await page.getByText('No deliveries in the last 30 days.').waitFor()
    await page.getByRole('radiogroup', { name: 'State' }).getByText('Pending').click()
    await row.getByText('HTTP 500').waitFor()

    await button(page, 'Delete webhook').click()
    await page.getByText('1 pending event will not be sent.').waitFor()
    await button(page, 'Keep').click()
    await field(page, 'URL').fill('ftp://tickets.example.com')
    await button(page, 'Save').click()
    await page.getByText('Fix these fields: “URL”.').waitFor()
    await page.getByText('The URL must be an http or https address').waitFor()
    await button(page, 'Discard').click()

    await page.getByRole('switch', { name: 'Enabled' }).uncheck()
    await save(page)
    await page.getByText('Enable the webhook to send a test event.').waitFor()
    expect(await button(page, 'Send test event').isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'All webhooks' }).click()
    await page.getByRole('listitem').getByText('Off', { exact: true }).waitFor()
    await page.getByRole('listitem').getByText('No deliveries yet').waitFor()
    await expectGoodInEveryLook(page)
    await page.getByRole('link', { name: `http://${hooks.host}/down` }).click()
    await button(page, 'Delete webhook').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete webhook' }).click()
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
    await person.close()
  }, 60_000)

  it('show a conflict with another administrator, and keep both changes', async () => {
    const { person, page } = await openConsole(browser, server, '/realm/webhooks?realm=%2Falpha')
    await add(page, 'https://tickets.example.com/mine')
    const id = page.url().split('/').at(-1)?.split('?')[0]
    await page.getByRole('switch', { name: 'Enabled' }).uncheck()
    const wire = wireOf(person, server)
    expect((await wire.put(`${receivers}/${id}`, { events: ['approved'] })).status).toBe(200)
    await button(page, 'Save').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep both' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect((await wire.get(`${receivers}/${id}`)).body).toMatchObject({
      events: ['approved'],
      enabled: false,
    })
  })
})
