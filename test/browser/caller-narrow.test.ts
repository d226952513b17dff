import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bestLanguage } from '../../web/sign-in/translations/languages.ts'
import { turnOffPause } from '../support/backchannel-client.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { heading, press } from './sign-in.ts'
import { startedCheck } from './started-check.ts'

// Small phones and large text, in the language with the longest words.

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

type Window = { width: number; height: number; textSize: string }

const windows: Window[] = [
  { width: 320, height: 568, textSize: '100%' },
  { width: 390, height: 844, textSize: '200%' },
  { width: 320, height: 568, textSize: '200%' },
  // A phone at a zoom of 200 %.
  { width: 195, height: 422, textSize: '100%' },
]

async function opens(link: string): Promise<Page> {
  const page = await (await browser.person({ size: 'phone', locale: 'de-DE' })).newPage()
  await page.goto(link)
  await heading(page).waitFor()
  return page
}

/** Words of buttons that continue in another line, and buttons that their words leave. */
function brokenButtons(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main button')].flatMap((button) => {
      const isClipped = button.scrollWidth > button.clientWidth || button.scrollHeight > button.clientHeight
      const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT)
      const broken: string[] = []
      while (walker.nextNode()) {
        const text = walker.currentNode
        for (const { 0: word, index } of (text.nodeValue ?? '').matchAll(/\S+/g)) {
          const range = document.createRange()
          range.setStart(text, index)
          range.setEnd(text, index + word.length)
          if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word)
        }
      }
      return isClipped ? [`clipped: ${button.textContent}`, ...broken] : broken
    }),
  )
}

/** The part of the window that stays covered while the person scrolls. */
function coveredPart(page: Page): Promise<number> {
  return page.evaluate(() => {
    const stuck = [...document.querySelectorAll('main *')].filter(
      (element) => getComputedStyle(element).position === 'sticky',
    )
    const heights = stuck.map((element) => element.getBoundingClientRect().height)
    return heights.reduce((sum, height) => sum + height, 0) / innerHeight
  })
}

/** Checks the page as it is now in each window. */
async function expectReadable(page: Page): Promise<void> {
  for (const { width, height, textSize } of windows) {
    await page.setViewportSize({ width, height })
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), textSize)
    await expectNoSidewaysScroll(page)
    expect(await brokenButtons(page), `${width} × ${height}, ${textSize}`).toEqual([])
    await expect.poll(() => coveredPart(page)).toBeLessThanOrEqual(0.25)
  }
}

it('shows a caller whole words in every window', async () => {
  const texts = await bestLanguage(['de']).texts()
  const { link, code } = await startedCheck(server)
  const page = await opens(link)
  await heading(page).getByText(texts.whoCalled).waitFor()
  await expectReadable(page)
  await press(page, texts.notOnThePhone)
  await page.getByText(texts.sureNotMe).waitFor()
  await expectReadable(page)
  await press(page, texts.back)
  await press(page, texts.iCalled)
  await page.getByText(texts.agentsCodeHint).waitFor()
  await expectReadable(page)
  await expectAccessible(page)
  await press(page, texts.continue)
  await page.locator('form input').fill(await code())
  await expectReadable(page)
  await page.locator('form button[type=submit]').click()
  await page.locator('input[type=password]').fill('Alex-Pass-2026')
  await expectReadable(page)
  await page.locator('form button[type=submit]').click()
  await page.getByText(texts.confirmed).waitFor()
  await expectReadable(page)
})

it('shows a manager whole words in every window', async () => {
  const texts = await bestLanguage(['de']).texts()
  const { link } = await startedCheck(server, { journey: 'FallbackLadder', more: [[5]] })
  const page = await opens(link)
  await page.getByText(texts.vouchNo).waitFor()
  await expectReadable(page)
  await press(page, texts.vouchYes)
  await page.getByText(texts.agentsCodeVouchHint).waitFor()
  await expectReadable(page)
  await press(page, texts.vouchNo)
  await page.getByText(texts.sureNoVouchYes).waitFor()
  await expectReadable(page)
})
