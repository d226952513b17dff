import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailServer } from '../support/mail-server.ts'
import { startGateways } from '../support/message-gateways.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { openConsole, wireOf } from './console.ts'

let gateways: Awaited<ReturnType<typeof startGateways>>
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  gateways = await startGateways()
  mailServer = await startMailServer({ refuse: (to) => (to.startsWith('gone') ? 550 : undefined) })
  server = await startServer({ httpAllow: [gateways.host], smtpUrl: mailServer.url })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await mailServer.stop()
  await gateways.stop()
})

const alphaSettings = '/am/json/realms/root/realms/alpha/realm-config/settings'

describe('the Server page', () => {
  it('shows settings, health and advice, and sends a test email', async () => {
    const { person, page } = await openConsole(browser, server, '/realms?realm=%2F')
    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Server' }).click()
    await page.getByRole('heading', { name: 'Server', level: 1, exact: true }).waitFor()
    await page.getByText(/still has the published password/).waitFor()
    const mail = page.getByRole('row').filter({ hasText: 'SIDEGATE_SMTP_URL' })
    await mail.getByText(`127.0.0.1:${mailServer.port}, STARTTLS if offered`).waitFor()
    await page.getByRole('heading', { name: 'Database', exact: true }).waitFor()
    await page.getByText('Nothing waits.', { exact: false }).waitFor()
    for (const [tile, value] of [
      ['Size of the database', /^\d+(\.\d)? (KB|MB)$/],
      ['Last backup', /^None$/],
      ['Audit entries to chain', /^0$/],
      ['Oldest unsent entry', /^None$/],
    ] as const) {
      const shown = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: tile }) })
      await shown.locator('.value').getByText(value).waitFor()
    }

    await page.getByRole('textbox', { name: 'Email address' }).fill('erin@example.com')
    await page.getByRole('button', { name: 'Send test email' }).press('Enter')
    await page
      .getByRole('status')
      .getByText('The mail server accepted the email.', { exact: false })
      .waitFor()
    expect((await mailServer.arrived(1)).to).toEqual(['erin@example.com'])
    await page.getByRole('textbox', { name: 'Email address' }).fill('gone@example.com')
    await page.getByRole('button', { name: 'Send test email' }).click()
    await page.getByText('The mail server did not accept the recipient. It answered 550.').waitFor()
    await expectGoodInEveryLook(page)
    await person.close()
  }, 60_000)

  it('sends a test message through the saved gateway of a realm, and warns of a policy that no check satisfies', async () => {
    const { person, page } = await openConsole(browser, server, '/realm?realm=%2Falpha')
    await page.getByText('Save a service here to send a test message.').waitFor()
    const saved = await wireOf(person, server).put(alphaSettings, {
      messaging: { sms: gateways.settings.sms.twilio },
    })
    expect(saved.status).toBe(200)
    await page.reload()
    await page.getByRole('textbox', { name: 'Telephone number of the test' }).fill('+4930123456')
    await page.getByRole('button', { name: 'Send test message' }).press('Enter')
    await page.getByRole('status').getByText('The gateway accepted the message.', { exact: false }).waitFor()
    expect(gateways.received.at(-1)).toMatchObject({ to: '+4930123456' })

    const policies = [{ name: 'Board members', needs: { level: 3 } }]
    const checks = [{ journey: 'VerifyWithCode', title: 'Verify with a code', description: '' }]
    const changed = await wireOf(person, server).put(alphaSettings, { helpDesk: { policies, checks } })
    expect(changed.status).toBe(200)
    await page.reload()
    const warning = page.getByRole('region', { name: 'Needs that no check satisfies' })
    await warning.getByText('Board members').waitFor()
    await warning.getByText(/No check of the realm reaches a passkey/).waitFor()
  }, 60_000)
})
