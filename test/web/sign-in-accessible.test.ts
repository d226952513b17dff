import { afterAll, beforeAll, describe, it } from 'vitest'
import { startPrepared } from '../prepared-server.ts'
import type { TestServer } from '../start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, schemes, TestBrowser } from './browser.ts'
import { asking, nodesAsking, saveCallbackJourneys } from './callback-journeys.ts'
import { openSignIn } from './sign-in.ts'

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

/** The kinds whose scripts would come from outside have tests of their own. */
const kinds = [
  ...Object.keys(asking),
  ...Object.keys(nodesAsking).filter((kind) => !kind.startsWith('ReCaptcha')),
]

describe('a page of the journey', () => {
  it.each(kinds)('with a %s is accessible in light and dark, and fits a phone', async (kind) => {
    const page = await openSignIn(await browser.person({ size: 'phone' }), server, kind)
    // Parts that are rarely needed come after the heading.
    await page.locator('form > *').first().waitFor({ state: 'attached' })
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme })
      await expectAccessible(page)
    }
    await expectNoSidewaysScroll(page)
    await page.context().close()
  })
})
