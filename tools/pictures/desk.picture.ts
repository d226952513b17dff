import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { TestBrowser } from '../../test/browser/browser.ts'
import {
  callerTypes,
  headline,
  linkOn,
  openDesk,
  prepareCheck,
  reject,
  startCheck,
  timelineOn,
} from '../../test/browser/desk.ts'
import { goOnAsCaller, heading, press } from '../../test/browser/sign-in.ts'
import { startServer, type TestServer } from '../../test/support/start-server.ts'
import { animationOf, type Frame } from './animation.ts'
import { Table } from './compose.ts'
import { keepFile, keepPicture } from './picture.ts'
import { readPng } from './png.ts'

const deskSize = { width: 1200, height: 720 }
const phoneSize = { width: 360, height: 720 }

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

async function deskOf(agent: BrowserContext): Promise<Page> {
  const desk = await openDesk(agent, server)
  await desk.setViewportSize(deskSize)
  return desk
}

async function emptyPhone(): Promise<Page> {
  const phone = await (await browser.person({ size: 'phone' })).newPage()
  await phone.setViewportSize(phoneSize)
  await phone.setContent('<body style="background: #16242a">')
  return phone
}

type Both = { desk: Page; phone: Page; look(milliseconds: number): Promise<void> }

/** A complete check, with one wrong password. */
async function wholeCheck({ desk, phone, look }: Both): Promise<void> {
  await prepareCheck(desk, { action: 'Reset the password' })
  await look(2500)
  await desk.getByRole('button', { name: 'Start check' }).click()
  await headline(desk, 'Give Alex the link')
  await look(2000)
  await phone.goto(await linkOn(desk))
  await heading(phone).waitFor()
  await look(2500)
  await goOnAsCaller(phone)
  await phone.getByLabel('Password', { exact: true }).waitFor()
  await headline(desk, 'Alex opened the link')
  await look(2000)
  await callerTypes(phone, 'my old one')
  await phone.getByRole('alert').waitFor()
  await desk.locator('.news').getByText('Sign-in failed').waitFor()
  await look(2000)
  await phone.getByLabel('Password', { exact: true }).fill('Alex-Pass-2026')
  await look(1200)
  await press(phone, 'Sign in')
  await phone.getByRole('heading', { name: 'You’re verified. Go back to your call.' }).waitFor()
  await verified(desk)
  await look(5000)
}

async function verified(desk: Page): Promise<void> {
  await headline(desk, 'Verified')
  await timelineOn(desk).getByText('“User successfully authenticated”').waitFor()
}

describe('the desk', () => {
  it('beside the caller’s phone, through a whole check', async () => {
    const table = await Table.lay(browser)
    const desk = await deskOf(await browser.person())
    const phone = await emptyPhone()
    const frames: Frame[] = []
    const look = async (milliseconds: number) => {
      const picture = await table.with(
        { title: 'The agent’s desk', screenshot: await desk.screenshot(), height: deskSize.height },
        { title: 'The caller’s phone', screenshot: await phone.screenshot(), height: phoneSize.height },
      )
      frames.push({ pixels: readPng(picture), milliseconds })
    }
    await wholeCheck({ desk, phone, look })
    keepFile('check.png', animationOf(frames))
  })

  it('when the caller is verified, in the dark', async () => {
    const desk = await deskOf(await browser.person({ scale: 1.5, scheme: 'dark' }))
    await startCheck(desk, { action: 'Unlock the account' })
    const phone = await emptyPhone()
    await phone.goto(await linkOn(desk))
    await heading(phone).waitFor()
    await goOnAsCaller(phone)
    await callerTypes(phone, 'Alex-Pass-2026')
    await verified(desk)
    keepPicture('desk-verified.png', await desk.screenshot())
  })

  // Last, because it pauses checks of the caller.
  it('when the caller says that it was not them', async () => {
    const desk = await deskOf(await browser.person({ scale: 1.5 }))
    const { id } = await startCheck(desk, { action: 'Reset the password' })
    await reject(server, id)
    await headline(desk, 'Stop: not Alex')
    keepPicture('desk-not-me.png', await desk.screenshot())
  })
})
