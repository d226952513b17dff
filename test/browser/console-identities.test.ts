import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceAttributes } from '../../src/attributes/attribute.ts'
import type { DeviceKind } from '../../src/nodes/ports/ports.ts'
import { sealDevice } from '../../src/people/devices/sealed-devices.ts'
import { createKeyRing } from '../../src/secrets/key-ring.ts'
import { openMasterKey } from '../../src/secrets/master-key.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import type { Stores } from '../../src/store/stores.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { authenticate, signIn } from '../support/wire.ts'
import { expectAccessible, expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, wireOf } from './console.ts'
import { originOf } from './signed-in.ts'

const managed = '/openidm/managed/alpha_user'
const alpha = '/am/json/realms/root/realms/alpha'
const password = 'First-Pass-2026'

let server: TestServer
let browser: TestBrowser
let mail: Awaited<ReturnType<typeof startMailServer>>

/** A realm whose accounts are soon locked, and one with more people than fit on a page. */
async function prepare(stores: Stores): Promise<void> {
  const lockout = { maxFailures: 2, windowSeconds: 600, lockSeconds: 600, maxFailuresInARow: 100 }
  await saveRealm(stores, '/alpha', { lockout })
  await saveRealm(stores, '/many')
  for (let index = 0; index < 60; index++) {
    const userName = `many${index}`
    const attributes = { mail: `${userName}@many.example` }
    await stores.identities.create(exampleIdentity({ userName, realm: '/many', attributes }))
  }
}

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(prepare, { smtpUrl: mail.url })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await mail.stop()
})

const openPeople = (search = '') => openConsole(browser, server, `/identities?realm=%2Falpha${search}`)

/** Creates a person over REST and opens their page. The id is the username. */
async function withPerson(userName: string, more = {}): Promise<Opened> {
  const person = await administrator(browser, server)
  const body = {
    _id: userName,
    userName,
    givenName: 'Per',
    sn: userName,
    mail: `${userName}@example.com`,
    password,
  }
  const made = await wireOf(person, server).post(`${managed}?_action=create`, { ...body, ...more })
  expect(made.status).toBe(201)
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console/identities/${userName}?realm=%2Falpha`)
  await page.getByRole('tab', { name: 'Profile' }).waitFor()
  return { person, page }
}

/** Reads a stored person. */
const stored = async (person: BrowserContext, id: string) =>
  (await wireOf(person, server).get(`${managed}/${id}?_fields=*,_access`)).body

const canSignIn = async (userName: string, secret: string) => {
  const headers = { 'x-openam-username': userName, 'x-openam-password': secret }
  return (await authenticate(server.url, { headers })).body.tokenId !== undefined
}

/** Whether the sign-in takes a temporary password, and goes on only with a new one. */
const mustChange = async (userName: string, secret: string) => {
  const headers = { 'x-openam-username': userName, 'x-openam-password': secret }
  const { body } = await authenticate(server.url, { headers })
  return body.tokenId === undefined && body.authId !== undefined
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const finder = (page: Page) => page.getByRole('searchbox', { name: 'Find people' })
const names = (page: Page) => page.locator('.people .who a').allTextContents()

/** Checks every look, and returns to the size of a desktop. */
async function looksGood(page: Page): Promise<void> {
  await expectGoodInEveryLook(page)
  await page.setViewportSize(sizes.desktop)
}

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

describe('people of a realm', () => {
  it('are found by names, addresses and numbers, filtered by status and sorted, also in the address', async () => {
    const { page } = await openConsole(browser, server, '/identities/nobody?realm=%2Falpha')
    await page.getByRole('heading', { name: 'Person not found' }).waitFor()
    await page.getByRole('link', { name: 'All people' }).click()
    await page.getByText('Alex Caller').waitFor()
    await looksGood(page)

    for (const [text, expected] of [
      ['alex', ['Alex Caller']],
      ['dana desk', ['Dana Desk']],
      ['kim@exam', ['Kim Keeper']],
      ['+1 (202) 555-01-03', ['Sam Shared']],
      ['nobody-of-this-name', []],
    ] as const) {
      await finder(page).fill(text)
      await expect.poll(() => names(page), { message: text }).toEqual(expected)
    }
    await page.getByText('No matching people.').waitFor()
    await finder(page).fill('2026')
    await page.waitForURL(/q=%222026%22/)
    await page.goto(page.url().replace(/%222026%22/, '2026'))
    expect(await finder(page).inputValue()).toBe('2026')

    await finder(page).fill('example.com')
    await page.getByText('Kim Keeper').waitFor()
    const status = page.getByRole('radiogroup', { name: 'Status' })
    await status.getByText('Inactive').click()
    await expect.poll(() => names(page)).toEqual(['Kim Keeper'])
    await status.getByText('Active', { exact: true }).click()
    await page.getByRole('combobox', { name: 'Sort by' }).click()
    await page.getByRole('option', { name: 'Last name' }).click()
    await page.getByRole('button', { name: 'Ascending' }).click()
    await page.waitForURL(/sort=-sn/)
    await expect.poll(async () => (await names(page)).slice(0, 2)).toEqual(['Sam Shared', 'Sam Shared'])
  })

  it('are paged, with their number', async () => {
    const { page } = await openConsole(browser, server, '/identities?realm=%2Fmany&q=many.example')
    await page.getByText('50 of 60 people').waitFor()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('60 people', { exact: true }).waitFor()
    expect(new Set(await page.locator('.people .who p').allTextContents()).size).toBe(60)
  })

  it('are shown after an interrupted reading, and after signing in again', async () => {
    const person = await administrator(browser, server)
    const page = await person.newPage()
    await person.route('**/openidm/managed/**', (route) => route.abort())
    await page.goto(`${originOf(server)}/console/identities?realm=%2Falpha`)
    await page.getByRole('status').getByText('Loading people').waitFor({ state: 'attached' })
    await person.unroute('**/openidm/managed/**')
    await page.getByText('Alex Caller').waitFor()

    const cookies = await person.cookies()
    await person.clearCookies()
    await finder(page).fill('dana')
    await page.getByRole('alert').getByText('Your session ended.').waitFor()
    const popup = page.waitForEvent('popup')
    await button(page, 'Sign in again').click()
    await (await popup).close()
    await person.addCookies(cookies)
    await button(page, 'Try again').click()
    await expect.poll(() => names(page)).toEqual(['Dana Desk'])
    expect(await finder(page).inputValue()).toBe('dana')
  })
})

describe('a new person', () => {
  async function fillIn(page: Page, values: Record<string, string>) {
    for (const [name, value] of Object.entries(values))
      await page.getByRole('dialog').getByLabel(name).fill(value)
  }

  it('is the first in an empty realm, without a password', async () => {
    const person = await administrator(browser, server)
    const body = { name: 'empty', parentPath: '/alpha', active: true, aliases: [] }
    await wireOf(person, server).post('/am/json/global-config/realms?_action=create', body)
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/identities?realm=%2Falpha%2Fempty`)
    await page.getByRole('heading', { name: 'No people yet' }).waitFor()
    await expectAccessible(page)
    await button(page, 'New person').first().click()
    await fillIn(page, {
      Username: 'first',
      'First name': 'First',
      'Last name': 'Person',
      'Email address': 'first@example.com',
    })
    await page.getByRole('radio', { name: /^No password/ }).check()
    await button(page, 'Create person').click()
    await button(page, 'Open first').click()
    await page.getByRole('heading', { name: 'First Person' }).waitFor()
  })

  it('is rejected at each field that violates a policy, and gets a temporary password that is shown once', async () => {
    const { person, page } = await openPeople()
    await button(page, 'New person').click()
    await fillIn(page, { Username: 'alex', 'First name': 'A{l}', 'Email address': 'nobody' })
    await page.getByRole('radio', { name: 'Password that I enter' }).check()
    await page.getByLabel('New password').fill('short')
    await button(page, 'Create person').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Already in use').waitFor()
    await dialog.getByText('Don’t use { } < > =').waitFor()
    await dialog.getByText('This field is required').waitFor()
    await dialog.getByText('Enter a valid email address').waitFor()
    await dialog.getByText('At least 8 characters').waitFor()
    await looksGood(page)
    expect(await dialog.getByLabel('First name').inputValue()).toBe('A{l}')

    await fillIn(page, {
      Username: 'typed',
      'First name': 'Ty',
      'Last name': 'Ped',
      'Email address': 'typed@example.com',
    })
    await page.getByLabel('New password').fill('Typed-Pass-2026')
    await button(page, 'Create person').click()
    await button(page, 'Open typed').click()
    await page.getByRole('heading', { name: 'Ty Ped' }).waitFor()
    expect(await canSignIn('typed', 'Typed-Pass-2026')).toBe(true)

    await button(page, 'New person').click()
    await fillIn(page, {
      Username: 'newcomer',
      'First name': 'New',
      'Last name': 'Comer',
      'Email address': 'new.comer@example.com',
    })
    await button(page, 'Create person').click()
    const secret = await page.getByRole('textbox', { name: 'Temporary password' }).inputValue()
    await expectAccessible(page)
    expect(await mustChange('newcomer', secret)).toBe(true)
    await button(page, 'Open newcomer').click()
    await page.getByRole('heading', { name: 'New Comer' }).waitFor()
    await page.locator('.person').getByText('Must change password').waitFor()
    expect(await page.content()).not.toContain(secret)
    const { body } = await wireOf(person, server).get(`${managed}?_queryFilter=userName+eq+"newcomer"`)
    expect(body.result).toMatchObject([{ givenName: 'New', sn: 'Comer', mail: 'new.comer@example.com' }])
  })
})

describe('attributes of a person', () => {
  it('show policy violations at their fields, and can be changed, added and cleared', async () => {
    const { person, page } = await withPerson('edited', { city: 'Lyon', telephoneNumber: '+15550199' })
    await field(page, 'Email Address').fill('nobody')
    await field(page, 'Username').fill('dana')
    await page.keyboard.press('Control+s')
    await page.getByText('Enter a valid email address').waitFor()
    await page.getByText('Already in use').waitFor()
    await page.getByRole('alert').getByText('Fix these fields: “Username”, “Email Address”.').waitFor()
    await looksGood(page)
    expect(await stored(person, 'edited')).toMatchObject({ mail: 'edited@example.com', userName: 'edited' })
    await button(page, 'Discard').click()
    expect(await field(page, 'Username').inputValue()).toBe('edited')

    await field(page, 'First Name').fill('Pauline')
    await field(page, 'City').fill('')
    await page.getByRole('combobox', { name: 'Add an attribute' }).fill('department')
    await button(page, 'Add').click()
    await field(page, 'department').fill('Archive')
    await page.getByRole('combobox', { name: 'Add an attribute' }).fill('Preferences')
    await page.getByRole('option', { name: 'Preferences' }).click()
    await button(page, 'Add').click()
    await page.getByRole('switch', { name: 'Send me news and updates' }).click()
    await page.getByText('4 changes not saved').waitFor()
    await save(page)
    const { _rev, _access, ...attributes } = await stored(person, 'edited')
    expect(attributes).toEqual({
      _id: 'edited',
      userName: 'edited',
      accountStatus: 'active',
      givenName: 'Pauline',
      sn: 'edited',
      cn: 'Pauline edited',
      mail: 'edited@example.com',
      telephoneNumber: '+15550199',
      department: 'Archive',
      preferences: { updates: true },
    })
    await page.getByRole('heading', { name: 'Pauline edited' }).waitFor()
    await expect.poll(() => names(page)).toContain('Pauline edited')
  })

  it('show what another administrator changed or deleted meanwhile, and keep edits', async () => {
    const { person, page } = await withPerson('shared')
    await field(page, 'First Name').fill('Mine')
    await field(page, 'Description').fill('I was here')
    const wire = wireOf(person, server)
    const theirs = (field: string, value: string) => ({ operation: 'replace', field, value })
    await wire.patch(`${managed}/shared`, [theirs('givenName', 'Theirs'), theirs('city', 'Bonn')])
    await button(page, 'Save').click()
    const dialog = page.getByRole('dialog', { name: 'amadmin saved first' })
    await dialog.getByText('City: nothing to Bonn').waitFor()
    await dialog.getByText('Description: nothing to I was here').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('radio', { name: 'Mine: Mine' }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect(await stored(person, 'shared')).toMatchObject({
      givenName: 'Mine',
      city: 'Bonn',
      description: 'I was here',
    })

    // A sign-in changes values outside of the form.
    await field(page, 'First Name').fill('Mine, too')
    await wire.patch(`${managed}/shared`, [{ operation: 'increment', field: 'loginCount', value: 1 }])
    await save(page)
    expect(await stored(person, 'shared')).toMatchObject({ givenName: 'Mine, too', loginCount: 1 })

    await field(page, 'First Name').fill('Kept')
    await wire.delete(`${managed}/shared`)
    await button(page, 'Save').click()
    const download = page.waitForEvent('download')
    await page
      .getByRole('dialog', { name: /was deleted/ })
      .getByRole('button', { name: 'Download my version' })
      .click()
    expect((await download).suggestedFilename()).toMatch(/json$/)
  })
})

describe('an action on a person', () => {
  it('deactivates, activates and unlocks, while unsaved changes wait', async () => {
    const { person, page } = await withPerson('switched')
    await field(page, 'First Name').fill('Waits')
    await page.getByRole('link', { name: 'Dana Desk' }).click()
    await page
      .getByRole('dialog', { name: 'Leave without saving?' })
      .getByRole('button', { name: 'Stay' })
      .click()
    await button(page, 'Deactivate').click()
    await page.locator('.person').getByText('Inactive', { exact: true }).waitFor()
    expect(await canSignIn('switched', password)).toBe(false)
    await button(page, 'Activate').click()
    await button(page, 'Deactivate').waitFor()
    expect(await canSignIn('switched', password)).toBe(true)
    expect(await field(page, 'First Name').inputValue()).toBe('Waits')
    await save(page)
    expect(await stored(person, 'switched')).toMatchObject({ givenName: 'Waits', accountStatus: 'active' })

    for (const _ of [1, 2]) await canSignIn('switched', 'wrong')
    await page.reload()
    await page
      .locator('.person')
      .getByText(/^Locked until/)
      .waitFor()
    await button(page, 'Unlock').click()
    await button(page, 'Unlock').waitFor({ state: 'hidden' })
    expect(await stored(person, 'switched')).toMatchObject({ _access: { isLocked: false } })
    expect(await canSignIn('switched', password)).toBe(true)
  })

  it('assigns and removes roles', async () => {
    const { person, page } = await withPerson('roles')
    await page.getByRole('tab', { name: 'Access' }).click()
    await page.getByRole('combobox', { name: 'Add a role' }).click()
    await page.getByRole('option', { name: 'Help desk agent' }).click()
    await button(page, 'Add').click()
    await button(page, 'Remove Help desk agent').waitFor()
    await page.getByRole('combobox', { name: 'Add a role' }).fill('on-call')
    await button(page, 'Add').click()
    await button(page, 'Remove on-call').waitFor()
    expect((await stored(person, 'roles'))._access.roles).toEqual(['agent', 'on-call'])
    await button(page, 'Remove Help desk agent').click()
    await button(page, 'Remove Help desk agent').waitFor({ state: 'hidden' })
    expect((await stored(person, 'roles'))._access.roles).toEqual(['on-call'])
    await page.getByRole('combobox', { name: 'Add a role' }).fill('admin')
    await button(page, 'Add').click()
    await page.getByText('The roles were not changed').waitFor()
    await expectGoodInEveryLook(page)
    expect((await stored(person, 'roles'))._access.roles).toEqual(['on-call'])
  })

  it('cannot remove the last administrator', async () => {
    const { page } = await openConsole(browser, server, '/identities/amadmin?realm=%2F')
    await button(page, 'Deactivate').click()
    await page.getByText('The last administrator cannot be removed or deactivated').waitFor()
    await page.getByRole('tab', { name: 'Access' }).click()
    await button(page, 'Remove Administrator').click()
    await page.getByText('The roles were not changed').waitFor()
    await button(page, 'Delete…').click()
    await page.getByRole('button', { name: 'Delete amadmin' }).click()
    await page.getByText('The person was not deleted').waitFor()
    await expectGoodInEveryLook(page)
  })

  it('resets the password by email, to a temporary one that is shown once, or to one that policies allow', async () => {
    const { person, page } = await withPerson('forgetful')
    await button(page, 'Reset password…').click()
    await page.getByRole('radio', { name: /Email a password reset link/ }).check()
    await button(page, 'Email link').click()
    await page.getByText('The realm has no journey for password resets').waitFor()
    await looksGood(page)
    await wireOf(person, server).put(`${alpha}/realm-config/settings`, { passwordResetJourney: 'Reset' })
    await button(page, 'Email link').click()
    await page.getByText('f•••l@example.com').waitFor()
    // The account notices are sent as well.
    const mailed = () => mail.mails.filter(({ to }) => `${to}` === 'forgetful@example.com')
    await expect.poll(() => mailed().map(({ subject }) => subject)).toContain('Choose a new password')
    expect(await canSignIn('forgetful', password)).toBe(true)
    await button(page, 'Done').click()

    await button(page, 'Reset password…').click()
    await button(page, 'Create temporary password').click()
    const secret = await page.getByRole('textbox', { name: 'Temporary password' }).inputValue()
    await button(page, 'Done').click()
    await page.locator('.person').getByText('Must change password').waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(await canSignIn('forgetful', password)).toBe(false)
    expect(await mustChange('forgetful', secret)).toBe(true)

    await button(page, 'Reset password…').click()
    await page.getByRole('radio', { name: 'Password that I enter' }).check()
    await page.getByLabel('New password').fill('short')
    await button(page, 'Set password').click()
    await page.getByText('At least 8 characters').waitFor()
    await page.getByLabel('New password').fill('Given-Pass-2026')
    await button(page, 'Set password').click()
    await page.getByText('The password must be changed at the next sign-in.').waitFor()
    expect(await mustChange('forgetful', 'Given-Pass-2026')).toBe(true)
    expect((await stored(person, 'forgetful'))._access.mustChangePassword).toBe(true)
  })

  it('ends sessions, and deletes', async () => {
    const { person, page } = await withPerson('doomed')
    const tokens = [
      await signIn(server.url, 'doomed', password),
      await signIn(server.url, 'doomed', password),
    ]
    await page.getByRole('tab', { name: 'Sessions' }).click()
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await button(page, 'End all sessions').click()
    await looksGood(page)
    await button(page, 'Keep').click()
    await button(page, 'End all sessions').click()
    await button(page, 'End all 2 sessions').click()
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor()
    for (const tokenId of tokens) {
      const { body } = await wireOf(person, server).post(`${alpha}/sessions?_action=validate`, { tokenId })
      expect(body).toEqual({ valid: false })
    }

    await button(page, 'Delete…').click()
    await button(page, 'Keep').click()
    await button(page, 'Delete…').click()
    await button(page, 'Delete Per doomed').click()
    await page.waitForURL(/identities\?realm/)
    await expect.poll(() => names(page)).not.toContain('Per doomed')
    expect((await stored(person, 'doomed')).code).toBe(404)
  })
})

describe('devices of a person', () => {
  const kinds: Record<DeviceKind, string> = {
    oath: '2fa/oath',
    push: '2fa/push',
    webauthn: '2fa/webauthn',
    binding: '2fa/binding',
    profile: 'profile',
  }

  /** Stores one device of each kind, as journeys do. */
  async function register(person: BrowserContext, id: string) {
    const sealer = createKeyRing(openMasterKey(server.folder).key).sealer('devices')
    const patch = Object.keys(kinds).map((kind) => ({
      operation: 'replace',
      field: deviceAttributes[kind as DeviceKind],
      value: [
        sealDevice(sealer, id, {
          uuid: `${kind}-1`,
          deviceName: `My ${kind}`,
          recoveryCodes: ['a-hash'],
          createdDate: 1_700_000_000_000,
          ...(kind === 'profile'
            ? { metadata: {}, lastSelectedDate: 1_700_000_000_000 }
            : { sharedSecret: 'c0ffee' }),
        }),
      ],
    }))
    await wireOf(person, server).patch(`${managed}/${id}`, patch)
  }

  const namesOf = async (person: BrowserContext, id: string) => {
    const lists = await Promise.all(
      Object.values(kinds).map((kind) =>
        wireOf(person, server).get(`${alpha}/users/${id}/devices/${kind}?_queryFilter=true`),
      ),
    )
    return lists.flatMap(({ body }) =>
      body.result.map((each: Record<string, string>) => each.deviceName ?? each.alias),
    )
  }

  it('of each kind can be listed, renamed and removed, and are not among the attributes', async () => {
    const { person, page } = await withPerson('owner')
    await register(person, 'owner')
    await page.reload()
    await field(page, 'Username').waitFor()
    const labels = await page.locator('.person .profile label').allTextContents()
    expect(labels.filter((label) => /device/i.test(label))).toEqual([])
    await page.getByRole('tab', { name: 'Devices' }).click()
    for (const title of [
      'Authenticator apps',
      'Push apps',
      'Passkeys and security keys',
      'Bound devices',
      'Known browsers',
    ])
      await page.getByRole('heading', { name: title }).waitFor()
    await looksGood(page)
    expect(await page.content()).not.toContain('c0ffee')
    for (const kind of Object.keys(kinds)) {
      await button(page, `Rename My ${kind}`).click()
      await page.getByRole('textbox', { name: `New name for My ${kind}` }).fill(`Their ${kind}`)
      await page.keyboard.press('Enter')
      await button(page, `Rename Their ${kind}`).waitFor()
    }
    expect(await namesOf(person, 'owner')).toEqual(Object.keys(kinds).map((kind) => `Their ${kind}`))

    for (const kind of Object.keys(kinds)) {
      const row = page.getByRole('listitem').filter({ hasText: `Their ${kind}` })
      await row.getByRole('button', { name: 'Remove', exact: true }).click()
      await row.getByRole('button', { name: `Remove Their ${kind}` }).click()
      await row.waitFor({ state: 'hidden' })
    }
    await page.getByText('No devices yet.').waitFor()
    expect(await namesOf(person, 'owner')).toEqual([])
  })
})
