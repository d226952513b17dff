import { afterAll, beforeAll, describe, it } from 'vitest'
import { schemes, TestBrowser } from '../../test/browser/browser.ts'
import { openSignIn, type } from '../../test/browser/sign-in.ts'
import { startServer, type TestServer } from '../../test/support/start-server.ts'
import { Table, type Window } from './compose.ts'
import { keepPicture } from './picture.ts'

const height = 560
const titles = { light: 'Light', dark: 'Dark' } as const

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

describe('the sign-in page', () => {
  it('on a phone, in light and dark', async () => {
    const windows: Window[] = []
    for (const scheme of schemes) {
      const person = await browser.person({ size: 'phone', scheme, scale: 1.5 })
      const page = await openSignIn(person, server, 'Login')
      await page.setViewportSize({ width: 360, height })
      await type(page, { 'User Name': 'alex' })
      await page.getByLabel('Password', { exact: true }).focus()
      windows.push({ title: titles[scheme], screenshot: await page.screenshot(), height })
      await person.close()
    }
    const table = await Table.lay(browser, 1.5)
    keepPicture('sign-in.png', await table.with(...windows))
  })
})
