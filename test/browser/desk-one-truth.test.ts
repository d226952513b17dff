import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backchannel, signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn, callerOpens, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep } from '../support/wire.ts'
import { expectAccessible, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { codeOn, headline, openCheck, openDesk, prepareCheck } from './desk.ts'

const noor = { realm: 'alpha', journey: 'Login', name: 'noor', password: 'Noor-Pass-2026' }
const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }

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

/** Long enough for seven pages on a busy machine. */
const live = 3_000
const listed = 5_000

const openList = (page: Page) => page.getByRole('navigation', { name: 'Checks' })

/** The caller types the code and the password. */
async function callerProves(page: Page, id: string): Promise<void> {
  const code = await codeOn(page)
  const asked = await answerStep(server.url, await callerOpens(server.url, id), [0])
  await answerStep(server.url, await answerStep(server.url, asked, [code]), ['Alex-Pass-2026'])
}

/** The page at the sizes of phones, tablets and desks. Pictures are for people who look at them. */
async function seenIn(page: Page, name: string): Promise<void> {
  const folder = process.env.SIDEGATE_PICTURES
  for (const [width, height] of [
    [390, 844],
    [800, 900],
    [1280, 720],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expectNoSidewaysScroll(page)
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}-${width}.png`) })
  }
}

describe('a report of an attack', () => {
  it('turns every page of the person at once, and no result of theirs can be used', async () => {
    const withCode = { journey: 'VerifyWithCode' }
    const proven = await openCheck(await browser.person(), server, withCode)
    const dana = proven.page
    await callerProves(dana, proven.id)
    await headline(dana, 'Verified')
    await dana.getByRole('button', { name: 'Mark as used for INC-48213' }).waitFor()

    const noors = await browser.person({ scheme: 'dark' })
    const attacked = await openCheck(noors, server, { ...withCode, agent: noor })
    const other = attacked.page
    const wall = await openDesk(await browser.person(), server, '/desk/wall', lena)
    await wall.getByRole('link', { name: 'Alex Caller' }).waitFor()
    const form = await openDesk(await browser.person(), server)
    await prepareCheck(form, { check: 'Verify with a code' })
    // The victim got a link from a third check, and reports that a stranger called.
    const asked = await openCheck(await browser.person(), server, withCode)
    const third = asked.page
    await backchannel(server.url, 'reject', { transaction: asked.id, reason: 'calledMe' })

    await Promise.all([
      headline(dana, /^Paused until .*: reported$/, live),
      headline(other, 'Stop: an attack was reported', live),
      headline(third, 'Stop: someone called Alex', live),
      openList(dana)
        .getByText(/^Paused until .*: reported$/)
        .waitFor({ timeout: listed }),
      openList(other).getByText('Stopped: an attack was reported').waitFor({ timeout: listed }),
      wall
        .getByText(/^Probably an attack/)
        .first()
        .waitFor({ timeout: listed }),
      form.getByText(/^Checks of Alex Caller are paused until/).waitFor({ timeout: listed }),
    ])
    expect(await form.getByRole('button', { name: 'Start check' }).isDisabled()).toBe(true)
    expect(await dana.getByRole('button', { name: /^Mark as used/ }).count()).toBe(0)
    for (const page of [dana, other]) await expectAccessible(page)

    const ask = asking(server.url, await agentSignsIn(server.url))
    const path = `/realms/root/realms/alpha/help-desk/verifications/${proven.reference}`
    for (const action of ['use', 'grant']) {
      const refused = await ask(`${path}?_action=${action}`, { method: 'POST', body: {} })
      expect([refused.status, refused.body.detail.problem]).toEqual([409, 'paused'])
    }
    expect((await callerSignsIn(server.url, attacked.id)).body.tokenId).toBeUndefined()
    await seenIn(dana, 'paused')
    await seenIn(other, 'reported')
  })
})

describe('a result that is not enough', () => {
  it('is amber, and leads to a check that is enough in one press', async () => {
    const mail = 'mira@example.com'
    const { page, id } = await openCheck(await browser.person(), server, { mail })
    await callerSignsIn(server.url, id, 'Mira-Pass-2026')
    await headline(page, 'Proven, but can’t be used')
    await expectAccessible(page)
    await seenIn(page, 'unbound')
    await page.getByRole('button', { name: 'Start a check that is enough' }).click()
    await headline(page, /^Give .* the link$/)
    const facts = await page.getByRole('article').getByRole('definition').allTextContents()
    expect(facts).toEqual(expect.arrayContaining(['INC-48213', 'Unlock the account']))
  })
})

describe('a result of an agent whose list is read each 15 seconds', () => {
  it('is paused in the list as soon as on the page', async () => {
    const mail = 'ines@example.com'
    const ines = { userName: 'ines', givenName: 'Ines', sn: 'Ibarra', mail, password: 'Ines-Pass-2026' }
    const admin = asking(server.url, await signInAsAdministrator(server.url))
    await admin('/openidm/managed/alpha_user?_action=create', { method: 'POST', body: ines })
    const { page, id } = await openCheck(await browser.person(), server, { agent: noor, mail })
    // The list is read each second until it has the result.
    const isRead = page.waitForResponse(
      async (one) => one.url().includes('_pageSize=100') && (await one.text()).includes('"approved"'),
    )
    await callerSignsIn(server.url, id, 'Ines-Pass-2026')
    await headline(page, 'Proven, but can’t be used')
    expect(await page.getByRole('button', { name: 'Hand over' }).count()).toBe(0)
    await isRead
    const other = await deskOpens(server.url, await agentSignsIn(server.url), { mail })
    await backchannel(server.url, 'reject', { transaction: other.id, reason: 'calledMe' })
    await openList(page)
      .getByText(/^Paused until .*: reported$/)
      .waitFor({ timeout: listed })
  })
})
