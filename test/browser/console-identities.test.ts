import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceAttributes } from '../../src/attributes/attribute.ts'
import type { DeviceKind } from '../../src/nodes/ports/ports.ts'
import { sealDevice } from '../../src/people/devices/sealed-devices.ts'
import { createKeyRing } from '../../src/secrets/key-ring.ts'
import { openMasterKey } from '../../src/secrets/master-key.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { authenticate, signIn } from '../support/wire.ts'
import { expectAccessible, expectNoSidewaysScroll, type Look, schemes, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, signedOutDuring, wireOf } from './console.ts'
import { originOf } from './signed-in.ts'

const managed = '/openidm/managed/alpha_user'
const alpha = '/am/json/realms/root/realms/alpha'
const password = 'First-Pass-2026'

let server: TestServer
let browser: TestBrowser
let mail: Awaited<ReturnType<typeof startMailServer>>

beforeAll(async () => {
  mail = await startMailServer()
  const lockout = { maxFailures: 2, windowSeconds: 600, lockSeconds: 600, maxFailuresInARow: 100 }
  server = await startPrepared((stores) => saveRealm(stores, '/alpha', { lockout }), { smtpUrl: mail.url })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await mail.stop()
})

const openPeople = (look: Look = {}, search = '') =>
  openConsole(browser, server, `/identities?realm=%2Falpha${search}`, look)

/** Creates a person over REST and opens their page. The id is the username. */
async function withPerson(userName: string, look: Look = {}, more = {}): Promise<Opened> {
  const person = await administrator(browser, server, look)
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
const names = (page: Page) => page.locator('.people .who a').allTextContents()

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

describe('people of a realm', () => {
  it.each([
    ['a name', 'alex', ['Alex Caller']],
    ['two names', 'dana desk', ['Dana Desk']],
    ['an email address', 'kim@exam', ['Kim Keeper']],
    ['a telephone number', '+1 (202) 555-01-03', ['Sam Shared']],
  ])('are found by %s', async (_what, text, expected) => {
    const { page } = await openPeople()
    await page.getByRole('searchbox', { name: 'Find people' }).fill(text)
    await expect.poll(() => names(page)).toEqual(expected)
  })

  it('show when none match, and the address keeps the search', async () => {
    const { page } = await openPeople({}, '&q=nobody-of-this-name')
    await page.getByText('No matching people.').waitFor()
    await page.getByRole('searchbox', { name: 'Find people' }).fill('2026')
    await page.waitForURL(/q=%222026%22/)
    await page.goto(page.url().replace(/%222026%22/, '2026'))
    expect(await page.getByRole('searchbox', { name: 'Find people' }).inputValue()).toBe('2026')
  })

  it('are sorted, and filtered by status', async () => {
    const { page } = await openPeople({}, '&q=example.com')
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
    const { person, page } = await openPeople()
    const wire = wireOf(person, server)
    for (let at = 0; at < 60; at++) {
      const userName = `many${String(at).padStart(2, '0')}`
      const body = { userName, givenName: 'Many', sn: 'People', mail: `${userName}@many.example` }
      await wire.post(`${managed}?_action=create`, body)
    }
    await page.getByRole('searchbox', { name: 'Find people' }).fill('many.example')
    await page.getByText('50 of 60 people').waitFor()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('60 people').waitFor()
    expect(new Set(await page.locator('.people .who p').allTextContents()).size).toBe(60)
    for (let at = 0; at < 60; at++) {
      const { body } = await wire.get(
        `${managed}?_queryFilter=userName+eq+"many${String(at).padStart(2, '0')}"`,
      )
      await wire.delete(`${managed}/${body.result[0]._id}`)
    }
  })

  it('have an empty list in a new realm, where the first is created', async () => {
    const person = await administrator(browser, server)
    const body = { name: 'empty', parentPath: '/alpha', active: true, aliases: [] }
    await wireOf(person, server).post('/am/json/global-config/realms?_action=create', body)
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/identities?realm=%2Falpha%2Fempty`)
    await page.getByRole('heading', { name: 'No people yet' }).waitFor()
    await expectAccessible(page)
    await button(page, 'New person').first().click()
    for (const [name, value] of [
      ['Username', 'first'],
      ['First name', 'First'],
      ['Last name', 'Person'],
      ['Email address', 'first@example.com'],
    ] as const)
      await page.getByRole('dialog').getByLabel(name).fill(value)
    await page.getByRole('radio', { name: /^No password/ }).check()
    await button(page, 'Create person').click()
    await button(page, 'Open first').click()
    await page.getByRole('heading', { name: 'First Person' }).waitFor()
  })

  it('show why reading failed, and try again', async () => {
    const person = await administrator(browser, server)
    const page = await person.newPage()
    await person.route('**/openidm/managed/**', (route) => route.abort())
    await page.goto(`${originOf(server)}/console/identities?realm=%2Falpha`)
    await page.getByRole('status').getByText('Loading people').waitFor({ state: 'attached' })
    await person.unroute('**/openidm/managed/**')
    await page.getByText('Alex Caller').waitFor()
  })

  it('are shown after signing in again, when the session has ended', async () => {
    const { person, page } = await openPeople()
    await page.getByText('Alex Caller').waitFor()
    const cookies = await person.cookies()
    await person.clearCookies()
    await page.getByRole('searchbox', { name: 'Find people' }).fill('dana')
    await page.getByRole('alert').getByText('Your session ended.').waitFor()
    await expectAccessible(page)
    const popup = page.waitForEvent('popup')
    await button(page, 'Sign in again').click()
    await (await popup).close()
    await person.addCookies(cookies)
    await button(page, 'Try again').click()
    await expect.poll(() => names(page)).toEqual(['Dana Desk'])
    expect(await page.getByRole('searchbox', { name: 'Find people' }).inputValue()).toBe('dana')
  })

  it.each([...schemes.map((scheme) => ({ scheme })), { size: 'phone' as const }])(
    'are accessible in the list and in all tabs and dialogs: %o',
    async (look) => {
      const { person, page } = await openPeople(look)
      await page.getByText('Alex Caller').waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await button(page, 'New person').click()
      await page.getByRole('dialog').waitFor()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Dana Desk' }).click()
      for (const tab of ['Profile', 'Access', 'Devices', 'Sessions']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.getByRole('tabpanel').waitFor()
        await expectAccessible(page)
        await expectNoSidewaysScroll(page)
      }
      for (const act of ['Reset password…', 'Delete…']) {
        await button(page, act).click()
        await page.getByRole('dialog').waitFor()
        await expectAccessible(page)
        await page.keyboard.press('Escape')
      }
      await person.close()
    },
    120_000,
  )
})

describe('a new person', () => {
  async function fillIn(page: Page, values: Record<string, string>) {
    await button(page, 'New person').click()
    for (const [name, value] of Object.entries(values))
      await page.getByRole('dialog').getByLabel(name).fill(value)
  }

  it('gets a temporary password that is shown once and must be changed', async () => {
    const { person, page } = await openPeople()
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

  it('is rejected at each field that violates a policy, and no value is lost', async () => {
    const { page } = await openPeople()
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
    await expectAccessible(page)
    expect(await dialog.getByLabel('First name').inputValue()).toBe('A{l}')

    await dialog.getByLabel('Username').fill('typed')
    await dialog.getByLabel('First name').fill('Ty')
    await dialog.getByLabel('Last name').fill('Ped')
    await dialog.getByLabel('Email address').fill('typed@example.com')
    await page.getByLabel('New password').fill('Typed-Pass-2026')
    await button(page, 'Create person').click()
    await button(page, 'Open typed').waitFor()
    expect(await canSignIn('typed', 'Typed-Pass-2026')).toBe(true)
  })
})

describe('attributes of a person', () => {
  it('can be changed, added and cleared', async () => {
    const { person, page } = await withPerson('edited', {}, { city: 'Lyon', telephoneNumber: '+15550199' })
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

  it('show policy violations at their fields', async () => {
    const { person, page } = await withPerson('strict')
    await field(page, 'Email Address').fill('nobody')
    await field(page, 'Username').fill('dana')
    await page.keyboard.press('Control+s')
    await page.getByText('Enter a valid email address').waitFor()
    await page.getByText('Already in use').waitFor()
    await page.getByRole('alert').getByText('Fix these fields: “Username”, “Email Address”.').waitFor()
    await expectAccessible(page)
    expect(await stored(person, 'strict')).toMatchObject({ mail: 'strict@example.com', userName: 'strict' })
    await button(page, 'Discard').click()
    expect(await field(page, 'Username').inputValue()).toBe('strict')
  })

  it('show a conflict with another administrator, and keep edits', async () => {
    const { person, page } = await withPerson('shared')
    await field(page, 'First Name').fill('Mine')
    await field(page, 'Description').fill('I was here')
    const theirs = (field: string, value: string) => ({ operation: 'replace', field, value })
    await wireOf(person, server).patch(`${managed}/shared`, [
      theirs('givenName', 'Theirs'),
      theirs('city', 'Bonn'),
    ])
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
  })

  it('are saved if only values outside of the form changed meanwhile', async () => {
    const { person, page } = await withPerson('counted')
    await field(page, 'First Name').fill('Mine')
    await wireOf(person, server).patch(`${managed}/counted`, [
      { operation: 'increment', field: 'loginCount', value: 1 },
    ])
    await save(page)
    expect(await stored(person, 'counted')).toMatchObject({ givenName: 'Mine', loginCount: 1 })
  })

  it('are kept when the session ends, and saved after signing in again', async () => {
    const opened = await withPerson('ended')
    const { person, page } = opened
    await field(page, 'First Name').fill('Kept')
    await signedOutDuring(opened, async () => {
      await button(page, 'Save').click()
      await page.getByText('Your change is safe in this window').waitFor()
    })
    await save(page)
    expect(await stored(person, 'ended')).toMatchObject({ givenName: 'Kept' })
  })

  it('are kept while offline', async () => {
    const { person, page } = await withPerson('offline')
    await field(page, 'First Name').fill('Kept')
    await person.setOffline(true)
    await button(page, 'Save').click()
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await person.setOffline(false)
    await page.getByText('1 change not saved').waitFor()
    await save(page)
    expect(await stored(person, 'offline')).toMatchObject({ givenName: 'Kept' })
  })

  it('are not lost silently when leaving, and wait during other actions', async () => {
    const { person, page } = await withPerson('waiting')
    await field(page, 'First Name').fill('Waits')
    await page.getByRole('link', { name: 'Dana Desk' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
    await dialog.getByRole('button', { name: 'Stay' }).click()
    await button(page, 'Deactivate').click()
    await button(page, 'Activate').waitFor()
    expect(await field(page, 'First Name').inputValue()).toBe('Waits')
    await save(page)
    expect(await stored(person, 'waiting')).toMatchObject({ givenName: 'Waits', accountStatus: 'inactive' })
  })

  it('can be downloaded if the person was deleted meanwhile', async () => {
    const { person, page } = await withPerson('gone')
    await field(page, 'First Name').fill('Kept')
    await wireOf(person, server).delete(`${managed}/gone`)
    await button(page, 'Save').click()
    const dialog = page.getByRole('dialog', { name: /was deleted/ })
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download my version' }).click()
    expect((await download).suggestedFilename()).toMatch(/json$/)
  })
})

describe('an action on a person', () => {
  it('deactivates and activates', async () => {
    const { page } = await withPerson('switched')
    await button(page, 'Deactivate').click()
    await page.locator('.person').getByText('Inactive', { exact: true }).waitFor()
    expect(await canSignIn('switched', password)).toBe(false)
    await button(page, 'Activate').click()
    await button(page, 'Deactivate').waitFor()
    expect(await canSignIn('switched', password)).toBe(true)
  })

  it('unlocks', async () => {
    const { person, page } = await withPerson('locked')
    for (const _ of [1, 2]) await canSignIn('locked', 'wrong')
    await page.reload()
    await page
      .locator('.person')
      .getByText(/^Locked until/)
      .waitFor()
    await button(page, 'Unlock').click()
    await button(page, 'Unlock').waitFor({ state: 'hidden' })
    expect(await stored(person, 'locked')).toMatchObject({ _access: { isLocked: false } })
    expect(await canSignIn('locked', password)).toBe(true)
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
  })

  it('resets the password to a temporary one that is shown once', async () => {
    const { page } = await withPerson('forgetful')
    await signIn(server.url, 'forgetful', password)
    await button(page, 'Reset password…').click()
    await button(page, 'Create temporary password').click()
    const secret = await page.getByRole('textbox', { name: 'Temporary password' }).inputValue()
    await expectAccessible(page)
    await button(page, 'Done').click()
    await page.locator('.person').getByText('Must change password').waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(await canSignIn('forgetful', password)).toBe(false)
    expect(await mustChange('forgetful', secret)).toBe(true)
  })

  it('resets the password to one that policies allow', async () => {
    const { person, page } = await withPerson('given')
    await button(page, 'Reset password…').click()
    await page.getByRole('radio', { name: 'Password that I enter' }).check()
    await page.getByLabel('New password').fill('short')
    await button(page, 'Set password').click()
    await page.getByText('At least 8 characters').waitFor()
    await page.getByLabel('New password').fill('Given-Pass-2026')
    await button(page, 'Set password').click()
    await page.getByText('The password must be changed at the next sign-in.').waitFor()
    expect(await mustChange('given', 'Given-Pass-2026')).toBe(true)
    expect((await stored(person, 'given'))._access.mustChangePassword).toBe(true)
  })

  it('resets the password by email, if the realm has a journey for it', async () => {
    const { person, page } = await withPerson('mailed')
    await button(page, 'Reset password…').click()
    await page.getByRole('radio', { name: /Email a password reset link/ }).check()
    await button(page, 'Email link').click()
    await page.getByText('The realm has no journey for password resets').waitFor()
    await wireOf(person, server).put(`${alpha}/realm-config/settings`, { passwordResetJourney: 'Reset' })
    await button(page, 'Email link').click()
    await page.getByText('m•••d@example.com').waitFor()
    // The account notices are sent as well.
    const mailed = () => mail.mails.filter(({ to }) => `${to}` === 'mailed@example.com')
    await expect.poll(() => mailed().map(({ subject }) => subject)).toContain('Choose a new password')
    expect(await canSignIn('mailed', password)).toBe(true)
  })

  it('ends sessions', async () => {
    const { person, page } = await withPerson('signedin')
    const tokens = [
      await signIn(server.url, 'signedin', password),
      await signIn(server.url, 'signedin', password),
    ]
    await page.getByRole('tab', { name: 'Sessions' }).click()
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await button(page, 'End all sessions').click()
    await expectAccessible(page)
    await button(page, 'Keep').click()
    await button(page, 'End all sessions').click()
    await button(page, 'End all 2 sessions').click()
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor()
    for (const tokenId of tokens) {
      const { body } = await wireOf(person, server).post(`${alpha}/sessions?_action=validate`, { tokenId })
      expect(body).toEqual({ valid: false })
    }
  })

  it('deletes', async () => {
    const { person, page } = await withPerson('doomed')
    await button(page, 'Delete…').click()
    await button(page, 'Keep').click()
    await button(page, 'Delete…').click()
    await button(page, 'Delete Per doomed').click()
    await page.waitForURL(/identities\?realm/)
    await expect.poll(() => names(page)).not.toContain('Per doomed')
    expect((await stored(person, 'doomed')).code).toBe(404)
  })

  it('is not offered for a person who does not exist', async () => {
    const { page } = await openConsole(browser, server, '/identities/nobody?realm=%2Falpha')
    await page.getByRole('heading', { name: 'Person not found' }).waitFor()
    await page.getByRole('link', { name: 'All people' }).click()
    await page.getByText('Alex Caller').waitFor()
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

  it('of each kind can be listed, renamed and removed', async () => {
    const { person, page } = await withPerson('owner')
    await register(person, 'owner')
    await page.getByRole('tab', { name: 'Devices' }).click()
    for (const title of [
      'Authenticator apps',
      'Push apps',
      'Passkeys and security keys',
      'Bound devices',
      'Known browsers',
    ])
      await page.getByRole('heading', { name: title }).waitFor()
    await expectAccessible(page)
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

  it('are not among the attributes', async () => {
    const { person, page } = await withPerson('sealed')
    await register(person, 'sealed')
    await page.reload()
    await field(page, 'Username').waitFor()
    const labels = await page.locator('.person .profile label').allTextContents()
    expect(labels.filter((label) => /device/i.test(label))).toEqual([])
  })
})
