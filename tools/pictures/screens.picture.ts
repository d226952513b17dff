import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { schemes, TestBrowser } from '../../test/browser/browser.ts'
import { administrator, openConsole, wireOf } from '../../test/browser/console.ts'
import { headline, linkOn, openDesk, prepareCheck, reject, startCheck } from '../../test/browser/desk.ts'
import { engineer, openJourney } from '../../test/browser/editor.ts'
import { goOnAsCaller, heading, openSignIn } from '../../test/browser/sign-in.ts'
import { originOf } from '../../test/browser/signed-in.ts'
import { callerSignsIn } from '../../test/support/help-desk-play.ts'
import { startServer, type TestServer } from '../../test/support/start-server.ts'
import { answerStep, startJourney } from '../../test/support/wire.ts'
import { Table, type Window } from './compose.ts'
import { keepPicture } from './picture.ts'

// Each page in four widths, in light and in dark, on one sheet.

const sizes = [
  { width: 390, height: 844 },
  { width: 800, height: 1000 },
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
] as const

/** Height of each window on the sheet. */
const height = 300

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

/** @param settle after each change of the size. A polling page never has an idle network. */
async function keepScreens(
  name: string,
  page: Page,
  settle = () => page.waitForLoadState('networkidle'),
): Promise<void> {
  const rows: Window[][] = []
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme })
    const row: Window[] = []
    for (const size of sizes) {
      await page.setViewportSize(size)
      await settle()
      const title = `${size.width}, ${scheme}`
      row.push({ title, screenshot: await page.screenshot({ animations: 'disabled' }), height })
    }
    rows.push(row)
  }
  const table = await Table.lay(browser)
  keepPicture(`screens/${name}.png`, await table.inRows(...rows))
}

async function keepTenantPages(): Promise<void> {
  const person = await administrator(browser, server)
  const { put } = wireOf(person, server)
  const text = (value: string) => Buffer.from(value).toString('base64')
  await put('/environment/variables/esv-mail-host', {
    valueBase64: text('mail.example'),
    expressionType: 'string',
  })
  await put('/environment/secrets/esv-mail-password', {
    valueBase64: text('made up'),
    encoding: 'generic',
    useInPlaceholders: true,
  })
  const page = await person.newPage()
  for (const [name, path] of [
    ['environment', '/environment?realm=/alpha'],
    ['service-accounts', '/service-accounts?realm=/alpha&act=new'],
  ]) {
    await page.goto(`${originOf(server)}/console${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await keepScreens(`console-${name}`, page)
  }
}

/** The page shows at once what it knows. */
const atOnce = async () => {}

const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }

const desk = async () => openDesk(await browser.person(), server)

describe('the desk', () => {
  it('with a new check', async () => {
    const page = await desk()
    await prepareCheck(page)
    await keepScreens('desk-new-check', page)
  })

  it('with a check under way', async () => {
    const page = await desk()
    await startCheck(page, { check: 'Verify with a code' })
    await keepScreens('desk-link', page, atOnce)
    const phone = await (await browser.person({ size: 'phone' })).newPage()
    await phone.goto(await linkOn(page))
    await heading(phone).waitFor()
    await keepScreens('caller-question', phone, atOnce)
    await goOnAsCaller(phone)
    await headline(page, 'Read the code aloud')
    await keepScreens('desk-code', page, atOnce)
    await keepScreens('caller-code', phone, atOnce)
  })

  it('with a verified caller', async () => {
    const page = await desk()
    const { id } = await startCheck(page)
    await callerSignsIn(server.url, id)
    await headline(page, 'Verified')
    await keepScreens('desk-verified', page, atOnce)
  })
})

describe('the desk of a team', () => {
  it('with the history, the wall and the numbers', async () => {
    const page = await desk()
    await startCheck(page, { query: 'kim', name: 'Kim Keeper' })
    await page.goto(`${originOf(server)}/desk/history`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await keepScreens('desk-history', page)
    const lead = await openDesk(await browser.person(), server, '/desk/wall', lena)
    await lead.locator('.wall-row', { hasText: 'Kim Keeper' }).waitFor()
    await keepScreens('desk-wall', lead, atOnce)
    await lead.goto(`${originOf(server)}/desk/numbers`)
    await lead.getByRole('heading', { level: 1 }).waitFor()
    await keepScreens('desk-numbers', lead)
  })

  // Last, because it pauses checks of the caller.
  it('when the caller says that it was not them', async () => {
    const page = await desk()
    const { id } = await startCheck(page)
    await reject(server, id)
    await headline(page, 'Stop: not Alex')
    await keepScreens('desk-not-me', page, atOnce)
  })
})

describe('the sign-in page', () => {
  it('asks for a password', async () => {
    await keepScreens('sign-in', await openSignIn(await browser.person(), server, 'Login'))
  })

  it('takes a short code', async () => {
    const page = await (await browser.person()).newPage()
    await page.goto(`${originOf(server)}/c`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await keepScreens('caller-short-code', page)
  })
})

describe('the console', () => {
  beforeAll(async () => {
    for (const name of ['alex', 'kim', 'mira']) {
      let step = await startJourney(server.url, 'Login', { realm: 'alpha' })
      // Login allows three more attempts after the first.
      for (let attempt = 0; attempt < 4; attempt++) {
        step = await answerStep(server.url, step, [name, 'not the one'], { realm: 'alpha' })
      }
    }
  })

  it.each([
    ['journeys', '/journeys?realm=/alpha'],
    ['transactions', '/transactions?realm=/alpha'],
    ['identities', '/identities?realm=/alpha'],
    ['failed-sign-ins', '/failed-sign-ins?realm=/alpha'],
    ['audit', '/audit?realm=/alpha'],
    ['checklist', '/checklist?realm=/alpha'],
    ['realm', '/realm?realm=/alpha'],
    ['server', '/server?realm=/'],
  ])('with %s', async (name, path) => {
    const { page } = await openConsole(browser, server, path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await keepScreens(`console-${name}`, page)
  })

  it('with variables, secrets and service accounts', keepTenantPages)

  it('with a journey', async () => {
    const page = await openJourney(await engineer(browser, server), server, 'HelpDesk')
    await keepScreens('console-editor', page, async () => {
      await page.waitForLoadState('networkidle')
      // Fits the journey to the canvas, if there is one.
      await page.keyboard.press('f')
    })
  })
})
