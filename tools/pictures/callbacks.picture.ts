import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { TestBrowser } from '../../test/browser/browser.ts'
import { asking, nodesAsking, saveCallbackJourneys } from '../../test/browser/callback-journeys.ts'
import { heading, signInAddress } from '../../test/browser/sign-in.ts'
import { startPrepared } from '../../test/support/prepared-server.ts'
import type { TestServer } from '../../test/support/start-server.ts'
import { supportedTypes } from '../../web/sign-in/callbacks/callback-views.tsx'
import { keepPicture } from './picture.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startPrepared(saveCallbackJourneys)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** A stub for the CAPTCHA service. */
const service = `window.grecaptcha = {
  ready(then) { then(); },
  render(place) { place.textContent = 'Here the service draws its check.'; },
  enterprise: { ready(then) { then(); }, render(place) { place.textContent = 'Here the service draws its check.'; } },
};`

/** Replaces the name callback by one that no built-in node sends. */
async function insteadOfName(page: Page, kind: string): Promise<void> {
  await page.route('**/authenticate?**', async (route: Route) => {
    const answer = await route.fetch()
    const step = await answer.json()
    for (const callback of step.callbacks) callback.type = kind
    await route.fulfill({ response: answer, json: step })
  })
}

describe('the callback', () => {
  it.each(supportedTypes)('%s', async (kind) => {
    const person = await browser.person({ size: 'phone', scale: 2 })
    await person.route('https://www.google.com/recaptcha/**', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: service }),
    )
    const page = await person.newPage()
    await page.setViewportSize({ width: 390, height: 520 })
    const isSent = kind in asking || kind in nodesAsking
    if (!isSent) await insteadOfName(page, kind)
    await page.goto(signInAddress(server, isSent ? kind : 'NameCallback'))
    await heading(page).waitFor()
    await page.waitForLoadState('networkidle')
    keepPicture(`callbacks/${kind}.png`, await page.locator('.frame-sheet').screenshot())
    await person.close()
  })
})
