import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type Asked, isListed, isPage } from './listed-endpoints.ts'

/** The two sizes at which every page is looked at. */
export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
export const schemes = ['light', 'dark'] as const

export type Look = {
  size?: keyof typeof sizes
  scheme?: (typeof schemes)[number]
  locale?: string
  /** Pixels of the device for one of the page. */
  scale?: number
}

/** A browser whose pages must behave: what they log, break or ask for is kept and looked at. */
export class TestBrowser {
  readonly #browser: Browser
  readonly #problems: string[] = []
  readonly #requests: (Asked & { origin: string; isNavigation: boolean })[] = []

  private constructor(browser: Browser) {
    this.#browser = browser
  }

  static async launch(): Promise<TestBrowser> {
    return new TestBrowser(await launchChromium())
  }

  /** Somebody's own window: cookies and storage of their own. */
  async person(look: Look = {}): Promise<BrowserContext> {
    const { size = 'desktop', scheme = 'light', locale = 'en-US', scale = 1 } = look
    const context = await this.#browser.newContext({
      viewport: sizes[size],
      colorScheme: scheme,
      locale,
      deviceScaleFactor: scale,
      reducedMotion: 'reduce',
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
    })
    context.setDefaultTimeout(20_000)
    await context.addInitScript(reportRefusals)
    context.on('weberror', (error) => this.#problems.push(`uncaught: ${error.error().message}`))
    context.on('console', (message) => {
      // Chromium logs every answer of 400 and above, and 401 is how a journey fails.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.#problems.push(`console: ${message.text()}`)
      }
    })
    context.on('request', (request) => this.#requests.push(seen(request)))
    return context
  }

  /** A window where JavaScript is off. */
  withoutScripts(): Promise<BrowserContext> {
    return this.#browser.newContext({ javaScriptEnabled: false })
  }

  /** Method and path of everything that pages asked the server for so far. */
  requests(): readonly Asked[] {
    return this.#requests
  }

  /** No error on the console and nothing that the pages' policy refused, in any window so far. */
  expectNoProblems(): void {
    expect(this.#problems).toEqual([])
  }

  /** Closes every window. Whatever the pages asked for has to be listed, or the test file fails. */
  async close(): Promise<void> {
    await this.#browser.close()
    expect(this.#unlisted()).toEqual([])
  }

  /**
   * What pages of ours asked their server for although docs/rest.md does not list it. Where a window goes is no request
   * of a page, unless it goes to the interface, as downloads do.
   */
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

/** Says what the pages' policy refused, and where: the browser's own line on the console does not. */
function reportRefusals(): void {
  addEventListener(
    'securitypolicyviolation',
    ({ violatedDirective, sourceFile, lineNumber, sample, target }) => {
      const where = target instanceof Element ? target.outerHTML.slice(0, 200) : ''
      // biome-ignore lint/suspicious/noConsole: the console is how a page tells its test
      console.error(`refused by ${violatedDirective}: ${sourceFile}:${lineNumber} ${sample} ${where}`)
    },
  )
}

/** No violation of WCAG 2.2 A and AA or of best practice on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOn(page)).toEqual([])
}

/** No part of the page sticks out at the side. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await sticksOut(page)).toBe(0)
}

/** In light and in dark, on a desk and on a phone: the page as it is now is accessible, and nothing sticks out. */
export async function expectGoodInEveryLook(page: Page): Promise<void> {
  const problems: string[] = []
  for (const [name, size] of Object.entries(sizes)) {
    await page.setViewportSize(size)
    const pixels = await sticksOut(page)
    if (pixels > 0) problems.push(`${name}: ${pixels} pixels stick out`)
    for (const [scheme, rules] of [['light'], ['dark', ofColours]] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await followed(page, scheme)
      problems.push(...(await violationsOn(page, rules)).map((found) => `${name}, ${scheme}: ${found}`))
    }
  }
  expect(problems).toEqual([])
}

/** Resolves when a page that says its scheme itself, by a script, has noticed the one of the system. */
async function followed(page: Page, scheme: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const { mantineColorScheme = wanted } = document.documentElement.dataset
    return mantineColorScheme === wanted
  }, scheme)
}

/** All that a scheme can change: its style sheets set colours and nothing else. */
const ofColours = ['color-contrast', 'link-in-text-block']

const ofEveryKind = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** @param rules those to hold the page against: all of WCAG 2.2 A and AA and of best practice, if none are named. */
async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  // In one page and with what is wrong alone: else each look opens a page of its own, and takes twice the time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true)
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(ofEveryKind)).analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
  )
}

/** By how many pixels the page is wider than its window. */
function sticksOut(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

function seen(request: Request) {
  const { origin, pathname } = new URL(request.url())
  return {
    method: request.method(),
    path: pathname,
    origin,
    isNavigation: request.isNavigationRequest(),
  }
}
