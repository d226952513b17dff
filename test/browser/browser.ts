import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { isLongRun } from '../support/long-run.ts'
import { watchForFailures } from './evidence.ts'
import { closeAfterTest, LentWindows } from './lent-windows.ts'
import { type Asked, isListed, isPage } from './listed-endpoints.ts'
import { violationsOn } from './violations.ts'

/** Window sizes: every page is tested at both. */
export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
export const schemes = ['light', 'dark'] as const

export type Look = {
  size?: keyof typeof sizes
  scheme?: (typeof schemes)[number]
  locale?: string
  /** Device pixels per CSS pixel. */
  scale?: number
}

/**
 * The browser of one test file. It records console errors, policy violations and requests of all pages.
 *
 * Files of one worker share the process of the browser, which is expensive to start; contexts are cheap and isolated.
 */
export class TestBrowser {
  readonly #browser: Browser
  readonly #contexts = new Set<BrowserContext>()
  readonly #windows = new LentWindows((options) => this.#create(options))
  readonly #problems: string[] = []
  readonly #requests: (Asked & { origin: string; isNavigation: boolean })[] = []

  private constructor(browser: Browser) {
    this.#browser = browser
  }

  static async launch(): Promise<TestBrowser> {
    return new TestBrowser(await sharedChromium())
  }

  /** A window with its own cookies and storage. It is closed after the test that opens it. */
  async person(look: Look = {}): Promise<BrowserContext> {
    return closeAfterTest(await this.#windows.lend(optionsOf(look)))
  }

  /** A window with an empty cache, which was not used before. */
  async freshPerson(look: Look = {}): Promise<BrowserContext> {
    return closeAfterTest(await this.#create(optionsOf(look)))
  }

  /** A window with JavaScript disabled. */
  withoutScripts(): Promise<BrowserContext> {
    return this.#open({ javaScriptEnabled: false })
  }

  /** Method and path of every request that pages have sent. */
  requests(): readonly Asked[] {
    return this.#requests
  }

  /** Fails if any page logged an error or violated its content security policy. */
  expectNoProblems(): void {
    expect(this.#problems).toEqual([])
  }

  /** The problems of a test that causes them. They no longer count. */
  takeProblems(): string[] {
    return this.#problems.splice(0)
  }

  /** Closes every window. Fails if a page sent a request that docs/rest.md does not list. */
  async close(): Promise<void> {
    this.#windows.stop()
    await Promise.all([...this.#contexts].map((context) => context.close()))
    expect(this.#unlisted()).toEqual([])
  }

  async #create(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await this.#open(options)
    context.setDefaultTimeout(20_000)
    await context.addInitScript(logViolations)
    context.on('weberror', (error) => this.#problems.push(`uncaught: ${error.error().message}`))
    context.on('console', (message) => {
      // Chromium logs every status of 400 and above, and a journey fails with 401.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.#problems.push(`console: ${message.text()}`)
      }
    })
    context.on('request', (request) => this.#requests.push(toAsked(request)))
    return context
  }

  async #open(options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> {
    const context = await this.#browser.newContext(options)
    this.#contexts.add(context)
    context.on('close', () => this.#contexts.delete(context))
    watchForFailures(context)
    return context
  }

  /** Requests of our pages to their own server that docs/rest.md lacks. Navigations count only to the API (downloads). */
  #unlisted(): string[] {
    const pages = this.#requests.filter(({ path, isNavigation }) => isNavigation && isPage(path))
    const servers = new Set(pages.map(({ origin }) => origin))
    const asked = this.#requests.filter(
      ({ origin, path, isNavigation }) =>
        servers.has(origin) && (!isNavigation || /^\/(am\/json|openidm)\//.test(path)),
    )
    return [...new Set(asked.filter((one) => !isListed(one)).map(({ method, path }) => `${method} ${path}`))]
  }
}

function optionsOf({ size = 'desktop', scheme = 'light', locale = 'en-US', scale = 1 }: Look) {
  return {
    viewport: sizes[size],
    colorScheme: scheme,
    locale,
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
  } satisfies BrowserContextOptions
}

/** Logs the element and the place of a policy violation, which the browser's own message lacks. */
function logViolations(): void {
  addEventListener(
    'securitypolicyviolation',
    ({ violatedDirective, sourceFile, lineNumber, sample, target }) => {
      const where = target instanceof Element ? target.outerHTML.slice(0, 200) : ''
      // biome-ignore lint/suspicious/noConsole: the test reads the console of the page
      console.error(`refused by ${violatedDirective}: ${sourceFile}:${lineNumber} ${sample} ${where}`)
    },
  )
}

/** Fails on any violation of WCAG 2.2 A or AA, or of axe's best practices, on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOn(page)).toEqual([])
}

/** Fails if the page scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await overflowOf(page)).toBe(0)
}

/** The scheme in which a page is checked at each size, except in a long run. */
const schemeOnce = { desktop: 'light', phone: 'dark' } as const

/**
 * Checks that the page as it is now is accessible and doesn't scroll sideways, in light on desktop and in
 * dark on a phone. That covers every rule at each size and in each scheme. A long run also checks the other
 * two combinations.
 */
export async function expectGoodInEveryLook(page: Page): Promise<void> {
  const problems: string[] = []
  for (const name of ['desktop', 'phone'] as const) {
    await page.setViewportSize(sizes[name])
    const pixels = await overflowOf(page)
    if (pixels > 0) problems.push(`${name}: ${pixels} pixels too wide`)
    for (const scheme of isLongRun ? schemes : [schemeOnce[name]]) {
      await page.emulateMedia({ colorScheme: scheme })
      await schemeApplied(page, scheme)
      problems.push(...(await violationsOn(page)).map((found) => `${name}, ${scheme}: ${found}`))
    }
  }
  expect(problems).toEqual([])
}

/** The desk and the console set their scheme by a script, after the system's has changed. */
async function schemeApplied(page: Page, scheme: string): Promise<void> {
  await page.waitForFunction((expected) => {
    const { mantineColorScheme = expected } = document.documentElement.dataset
    return mantineColorScheme === expected
  }, scheme)
}

/** Pixels by which the page is wider than its window. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

function toAsked(request: Request) {
  const { origin, pathname } = new URL(request.url())
  return {
    method: request.method(),
    path: pathname,
    origin,
    isNavigation: request.isNavigationRequest(),
  }
}
