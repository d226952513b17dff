import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { callerSignsIn } from '../support/help-desk-play.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import {
  callerOn,
  callerTypes,
  headline,
  openDesk,
  reject,
  signInAsAgent,
  startByRest,
  startCheck,
} from './desk.ts'
import { press } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser

const noor = { realm: 'alpha', journey: 'Login', name: 'noor', password: 'Noor-Pass-2026' }
const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }
const password = 'Caller-Pass-2026'

/** Six callers with the same password. */
const callers = ['Ada', 'Ben', 'Cleo', 'Dev', 'Eda', 'Finn'].map((givenName) => ({
  name: `${givenName} Sixfold`,
  mail: `${givenName.toLowerCase()}.sixfold@example.com`,
  givenName,
}))
const [ada, ben, cleo, dev, eda, finn] = callers as [Caller, Caller, Caller, Caller, Caller, Caller]
type Caller = (typeof callers)[number]

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
  const ask = asking(server.url, await signInAsAdministrator(server.url))
  for (const { mail, givenName } of callers) {
    const person = { userName: givenName, givenName, sn: 'Sixfold', mail, password }
    await ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body: person })
  }
})
afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const wallRow = (page: Page, name: string) => page.locator('.wall-row', { hasText: name })

it('two desks verify six callers at once, with a hand-over, a warning and a lead who sees it all', async () => {
  const [danas, noors] = [await browser.person(), await browser.person()]
  await signInAsAgent(danas, server)
  await signInAsAgent(noors, server, noor)
  const links = new Map<Caller, { id: string; link: string }>()
  for (const [person, own] of [
    [danas, [ada, ben, cleo]],
    [noors, [dev, eda, finn]],
  ] as const) {
    for (const caller of own) links.set(caller, await startByRest(person, server, { mail: caller.mail }))
  }
  const idOf = (caller: Caller) => links.get(caller)?.id ?? expect.fail(`no check of ${caller.name}`)
  const linkOf = (caller: Caller) => links.get(caller)?.link ?? ''
  const open = (page: Page, caller: Caller) =>
    page.getByRole('navigation', { name: 'Checks' }).getByRole('link', { name: caller.name }).click()
  const wall = await openDesk(await browser.person(), server, '/desk/wall', lena)
  for (const { name } of callers) await wallRow(wall, name).waitFor()

  // A colleague checks the same person.
  const dana = await openDesk(danas, server)
  const other = await openDesk(noors, server, '/desk/', noor)
  await startCheck(other, { query: ada.mail, name: ada.name })
  await other.getByText(/^Dana Desk is also checking this person/).waitFor()
  await open(dana, ada)
  await dana.getByText(/^Noor Night is also checking this person/).waitFor()
  await wallRow(wall, ada.name).getByText('checks this person, too').nth(1).waitFor()
  await press(other, 'Cancel check')
  await press(other, 'Cancel the check')

  // Dana's shift ends: Ben's check goes to a colleague while Ben is on his phone.
  const ben1 = await callerOn(browser, linkOf(ben))
  await open(dana, ben)
  await press(dana, 'Hand over')
  await press(dana, 'Offer')
  await other
    .getByRole('region', { name: 'Offered to you' })
    .getByRole('button', { name: `Take over: ${ben.name}` })
    .click()
  await dana.getByRole('heading', { name: 'Noor Night took this check over.' }).waitFor()
  await callerTypes(ben1, password)
  await headline(other, 'Proven, but can’t be used')

  // The others answer at the same time: two are verified, one fails first, one is somebody else.
  await open(dana, cleo)
  await open(other, finn)
  await Promise.all([
    callerSignsIn(server.url, idOf(ada), password),
    callerSignsIn(server.url, idOf(cleo), password),
    callerSignsIn(server.url, idOf(dev), 'wrong'),
    callerSignsIn(server.url, idOf(finn), password),
    reject(server, idOf(eda)),
  ])
  await headline(dana, 'Proven, but can’t be used')
  await headline(other, 'Proven, but can’t be used')
  const list = (page: Page) => page.getByRole('navigation', { name: 'Checks' })
  await list(dana)
    .getByRole('link', { name: new RegExp(`${ada.name}.*Proven, but can’t be used`) })
    .waitFor()
  await list(other)
    .getByRole('link', { name: new RegExp(`${eda.name}.*Said “This is not me”`) })
    .waitFor()

  // The lead sees the attack first, then the caller who fails.
  await wallRow(wall, eda.name).getByText('Probably an attack').waitFor()
  await wallRow(wall, dev.name).getByText('1 failed sign-in').waitFor()
  const needy = await wall.locator('.wall-part.needy .wall-row .who a').allInnerTexts()
  expect(needy).toEqual([eda.name, dev.name])

  // The colleague reads the alarm, which stays on the wall until the lead has read it, too.
  await other.getByRole('button', { name: `Mark as read: ${eda.name}` }).click()
  await other.getByRole('button', { name: `Mark as read: ${eda.name}` }).waitFor({ state: 'hidden' })
  await wall.getByRole('button', { name: `Mark as read: ${eda.name}` }).click()
  await wallRow(wall, eda.name).waitFor({ state: 'hidden' })
  await callerSignsIn(server.url, idOf(dev), password)
  await wallRow(wall, dev.name).waitFor({ state: 'hidden' })
})
