import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { assertionOf, exchange } from '../support/service-accounts.ts'
import type { TestServer } from '../support/start-server.ts'
import { output, startJourney } from '../support/wire.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { administrator, openConsole, wireOf } from './console.ts'
import { originOf, signIn } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  vi.stubEnv('ESV_OF_PROCESS', 'v4lue-of-process')
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    await saveJourney(stores, 'Shows', {
      ask: {
        type: 'MessageNode',
        config: {
          message: { en: 'Wait &{esv.desk.seconds} seconds, &{esv.desk.key|no key}' },
          messageYes: { en: 'y' },
          messageNo: { en: 'n' },
        },
        to: { true: 'success', false: 'failure' },
      },
    })
  })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  vi.unstubAllEnvs()
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1, exact: true })
const status = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true })
const shown = async () => output(await startJourney(server.url, 'Shows'), 'message')

/** Opens a page of the navigation. */
async function openFromNavigation(name: string) {
  const opened = await openConsole(browser, server, '/realms?realm=%2Falpha')
  await opened.page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name }).click()
  return opened
}

describe('variables and secrets', () => {
  it('a variable is created, used by a journey, changed and deleted', async () => {
    const { person, page } = await openFromNavigation('Variables & secrets')
    await heading(page, 'Variables & secrets').waitFor()
    await row(page, 'ESV_OF_PROCESS').getByText('Environment of the process').waitFor()
    expect(await page.content()).not.toContain('v4lue-of-process')

    await button(page, 'New variable or secret').click()
    await field(page, 'Name').fill('desk.seconds')
    await page.getByText('Settings read it as &{esv.desk.seconds}.').waitFor()
    await page.getByRole('combobox', { name: 'Type' }).click()
    await page.getByRole('option', { name: 'int: whole number' }).click()
    await field(page, 'Value').fill('many')
    await page.keyboard.press('Enter')
    await page.getByText('The value must be a whole number').waitFor()
    await expectGoodInEveryLook(page)
    await field(page, 'Value').fill('20')
    await page.keyboard.press('Enter')
    await status(page, 'esv.desk.seconds created.').waitFor()
    expect(await shown()).toBe('Wait 20 seconds, no key')
    await row(page, 'esv.desk.seconds').getByText('Variable, int').waitFor()
    await expectGoodInEveryLook(page)

    await button(page, 'New variable or secret').click()
    await field(page, 'Name').fill('esv-desk-seconds')
    await button(page, 'Create variable').click()
    await page.getByText('A variable or secret with this name exists').waitFor()
    await button(page, 'Cancel').click()
    await button(page, 'Discard and close').click()

    await page.getByRole('link', { name: 'esv.desk.seconds' }).click()
    await heading(page, 'esv.desk.seconds').waitFor()
    expect(await field(page, 'Placeholder for settings').inputValue()).toBe('&{esv.desk.seconds}')
    await field(page, 'Value').fill('x')
    await button(page, 'Save').click()
    await page.getByRole('alert').getByText('The value must be a whole number').waitFor()
    await field(page, 'Value').fill('30')
    await field(page, 'Description').fill('How long callers wait')
    await button(page, 'Save').click()
    await status(page, 'Saved').waitFor()
    expect(await shown()).toBe('Wait 30 seconds, no key')
    await expectGoodInEveryLook(page)

    await button(page, 'Delete variable').click()
    await page.getByText('Journeys whose settings or scripts refer to it fail').waitFor()
    await button(page, 'Delete esv.desk.seconds').click()
    await heading(page, 'Variables & secrets').waitFor()
    await page.getByRole('link', { name: 'esv.desk.seconds' }).waitFor({ state: 'detached' })
    expect((await startJourney(server.url, 'Shows')).status).toBe(401)
    await person.close()
  }, 120_000)

  it('a secret gets new versions, and its values are never shown', async () => {
    const { person, page } = await openConsole(browser, server, '/environment?realm=%2Falpha&act=new')
    const wire = wireOf(person, server)
    const at = '/environment/variables/esv-desk-seconds'
    await wire.put(at, { valueBase64: Buffer.from('5').toString('base64') })
    await page.getByRole('radio', { name: 'Secret: nobody can read its value here' }).check()
    await field(page, 'Name').fill('desk.key')
    await field(page, 'Value').fill('first-k3y')
    await page.keyboard.press('Enter')
    await status(page, 'esv.desk.key created.').waitFor()
    expect(await shown()).toBe('Wait 5 seconds, first-k3y')
    await page.getByRole('link', { name: 'esv.desk.key' }).click()
    await page.getByText('Version 1', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Destroy version 1' }).count()).toBe(0)
    await field(page, 'New value').fill('second-k3y')
    await button(page, 'Add version').click()
    await status(page, 'The new version is in force.').waitFor()
    expect(await shown()).toBe('Wait 5 seconds, second-k3y')
    expect(await field(page, 'New value').inputValue()).toBe('')
    expect(await page.content()).not.toMatch(/(first|second)-k3y/)
    await expectGoodInEveryLook(page)

    await button(page, 'Disable version 1').click()
    await button(page, 'Enable version 1').waitFor()
    await button(page, 'Destroy version 1').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Destroy version 1' }).click()
    await page.getByText('Destroyed', { exact: true }).waitFor()
    await page.getByRole('checkbox', { name: 'All realms may use it' }).uncheck()
    await button(page, 'Save').click()
    await status(page, 'Saved').waitFor()
    expect((await wire.get('/environment/secrets/esv-desk-key')).body).toMatchObject({
      activeVersion: '2',
      realms: [],
    })
    expect(await shown()).toBe('Wait 5 seconds, no key')
    await button(page, 'Delete secret').click()
    await button(page, 'Delete esv.desk.key').click()
    await heading(page, 'Variables & secrets').waitFor()
    expect((await wire.get('/environment/secrets/esv-desk-key')).status).toBe(404)
    await person.close()
  }, 120_000)
})

describe('service accounts', () => {
  const tokenFor = async (id: string, privateKey: object, scope = 'fr:am:*') =>
    exchange(server.url, await assertionOf(server.url, id, { privateKey }), scope)
  const journeysWith = (token: string) =>
    fetch(
      `${server.url}/json/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/trees?_queryFilter=true`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    )

  it('one made here reads journeys with the downloaded key, until it is disabled', async () => {
    const { person, page } = await openFromNavigation('Service accounts')
    await page.getByRole('heading', { name: 'No service accounts yet' }).waitFor()
    await page.locator('.head').getByRole('button', { name: 'New service account' }).click()
    await field(page, 'Name').fill('nightly export')
    await page.getByRole('checkbox', { name: 'fr:am:*' }).waitFor()
    await expectGoodInEveryLook(page)
    await button(page, 'Create service account').click()
    await page.getByText('is not stored anywhere').waitFor()
    // A stray key must not lose the private one.
    await page.keyboard.press('Escape')
    expect(await button(page, 'Open service account').isDisabled()).toBe(true)
    const download = page.waitForEvent('download')
    await button(page, 'Download private key').click()
    const file = await download
    expect(file.suggestedFilename()).toBe('nightly-export.jwk')
    const privateKey = JSON.parse(readFileSync(await file.path(), 'utf8'))
    const command = await field(page, 'Command for frodo').inputValue()
    expect(command).toMatch(/^frodo conn save --sa-id \S+ --sa-jwk-file nightly-export\.jwk http:\S+\/am$/)
    const id = /--sa-id (\S+)/.exec(command)?.[1] ?? ''
    await expectGoodInEveryLook(page)

    await button(page, 'Open service account').click()
    await heading(page, 'nightly export').waitFor()
    expect(await page.content()).not.toContain(privateKey.d)
    const { body } = await tokenFor(id, privateKey)
    const journeys = await journeysWith(body.access_token)
    expect(journeys.status).toBe(200)
    expect(JSON.stringify(await journeys.json())).toContain('Shows')

    await page.getByRole('checkbox', { name: 'fr:idm:*' }).check()
    await button(page, 'Save').click()
    await status(page, 'Saved').waitFor()
    expect((await tokenFor(id, privateKey, 'fr:idm:*')).status).toBe(200)
    await expectGoodInEveryLook(page)
    await page.getByRole('switch', { name: 'Active' }).click()
    await button(page, 'Save').click()
    await status(page, 'Saved').waitFor()
    expect((await journeysWith(body.access_token)).status).toBe(401)
    expect((await tokenFor(id, privateKey)).status).toBe(400)

    await page.getByRole('link', { name: 'All service accounts' }).click()
    await row(page, 'nightly export').getByText('Disabled').waitFor()
    await row(page, 'nightly export').getByText(privateKey.kid).waitFor()
    await expectGoodInEveryLook(page)
    await page.getByRole('link', { name: 'nightly export' }).click()
    await button(page, 'Delete service account').click()
    await button(page, 'Delete nightly export').click()
    await page.getByRole('heading', { name: 'No service accounts yet' }).waitFor()
    await person.close()
  }, 120_000)

  it('a pasted key set must be public, and keys are replaced one by one', async () => {
    const { person, page } = await openConsole(browser, server, '/service-accounts?realm=%2Falpha&act=new')
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])
    const [own, open] = await Promise.all(
      [pair.privateKey, pair.publicKey].map((key) => crypto.subtle.exportKey('jwk', key)),
    )
    await field(page, 'Name').fill('scanner')
    await page.getByRole('radio', { name: 'Use a key that I made' }).check()
    await field(page, 'Public keys (JWKS)').fill(JSON.stringify({ keys: [own] }))
    await button(page, 'Create service account').click()
    await page.getByText('The key set must be a public key').waitFor()
    await field(page, 'Public keys (JWKS)').fill(JSON.stringify({ keys: [open] }))
    await button(page, 'Create service account').click()
    await button(page, 'Open service account').click()
    await page.getByText('EC without an id').waitFor()
    await button(page, 'Make another key').click()
    const made = JSON.parse(await field(page, 'Private key as JWK').inputValue())
    await page.getByRole('checkbox', { name: 'I have saved the private key' }).check()
    await button(page, 'Done').click()
    await button(page, 'Remove key EC without an id').click()
    await button(page, 'Save').click()
    await status(page, 'Saved').waitFor()
    await page.getByText(made.kid).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect((await tokenFor(id, made)).status).toBe(200)
    expect((await tokenFor(id, { ...own, alg: 'ES256' })).status).toBe(400)
    await person.close()
  }, 60_000)
})

describe('people without the right', () => {
  it('see neither page', async () => {
    const admin = await administrator(browser, server)
    const roles = '/openidm/managed/alpha_user/dbb1cbb2-9ab7-4e59-bae5-1790fb20ebd6?_action=setRoles'
    expect((await wireOf(admin, server).post(roles, { roles: ['realm-admin'] })).status).toBe(200)
    const person = await browser.person()
    const author = { name: 'sam.one', password: 'Sam1-Pass-2026' }
    await signIn(person, server, { realm: 'alpha', journey: 'Login', ...author })
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/journeys?realm=%2Falpha`)
    const navigation = page.getByRole('navigation', { name: 'Console' })
    await navigation.getByRole('link', { name: 'Scripts' }).waitFor()
    const names = await navigation.getByRole('link').allTextContents()
    expect(names).not.toContain('Variables & secrets')
    expect(names).not.toContain('Service accounts')
    await page.goto(`${originOf(server)}/console/environment?realm=%2Falpha`)
    await page.getByText('You don’t have permission to do this.').waitFor()
    await person.close()
  })
})
