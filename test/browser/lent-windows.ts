import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeEach } from 'vitest'
import { defined } from '../../src/base/defined.ts'

// Loading a page again in the same process of the browser takes less than half of what it takes in a new one: scripts are
// compiled and cached. So a window is given back after its test, and the next test with the same look gets it, emptied.

/** Windows that the running test has opened. */
let opened: BrowserContext[] | undefined

/** Call in a setup file: closes the windows of a test that passed. Those of a failed one stay open for its screenshots. */
export function closeWindowsAfterTests(): void {
  beforeEach(() => {
    opened = []
  })
  afterEach(async ({ task }) => {
    const windows = opened ?? []
    opened = undefined
    if (task.result?.state !== 'fail') await Promise.all(windows.map((window) => window.close()))
  })
}

/** A window that is opened during a test is closed after it. */
export function closeAfterTest(window: BrowserContext): BrowserContext {
  opened?.push(window)
  return window
}

/** Gives out windows of one test file. */
export class LentWindows {
  readonly #idle = new Map<string, BrowserContext[]>()
  #isStopped = false
  readonly #create: (options: BrowserContextOptions) => Promise<BrowserContext>

  constructor(create: (options: BrowserContextOptions) => Promise<BrowserContext>) {
    this.#create = create
  }

  /** A window without cookies and stored data. Its first page may be one that was used before. */
  async lend(options: BrowserContextOptions): Promise<BrowserContext> {
    const key = JSON.stringify(options)
    const used = this.#idle.get(key)?.pop()
    if (used !== undefined) return used
    const context = await this.#create(options)
    const close = context.close.bind(context)
    const newPage = context.newPage.bind(context)
    const isAltered = watchForAlterations(context)
    let page: Page | undefined
    let isGiven = false
    context.newPage = async () => {
      if (isGiven) return newPage()
      isGiven = true
      page ??= await newPage()
      return page
    }
    context.close = async (reason) => {
      if (this.#idle.get(key)?.includes(context) && !this.#isStopped) return
      const isEmpty =
        !this.#isStopped && !isAltered() && (await emptied(context, isGiven ? page : undefined, options))
      if (!isEmpty) return close(reason)
      isGiven = false
      this.#idle.set(key, [...(this.#idle.get(key) ?? []), context])
    }
    return context
  }

  /** From now on a window that is closed is closed. */
  stop(): void {
    this.#isStopped = true
  }
}

/** @returns whether something was done to the window or its pages that can't be undone */
function watchForAlterations(context: BrowserContext): () => boolean {
  let isAltered = false
  const noting = <Args extends unknown[], Result>(act: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      isAltered = true
      return act(...args)
    }
  }
  context.newCDPSession = noting(context.newCDPSession.bind(context))
  context.addInitScript = noting(context.addInitScript.bind(context))
  context.on('page', (page) => {
    page.addInitScript = noting(page.addInitScript.bind(page))
  })
  return () => isAltered
}

/**
 * Undoes what a test did.
 * @param page the page that the window keeps, if the test used it
 * @returns false if the window has to be closed instead
 */
async function emptied(
  context: BrowserContext,
  page: Page | undefined,
  options: BrowserContextOptions,
): Promise<boolean> {
  try {
    if (page !== undefined && (page.isClosed() || !page.url().startsWith('http://localhost:'))) return false
    await context.setOffline(false)
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    if (page !== undefined) await emptyPage(context, page, options)
    await Promise.all([context.clearCookies(), context.clearPermissions(), context.setGeolocation(null)])
    return true
  } catch {
    return false
  }
}

async function emptyPage(
  context: BrowserContext,
  page: Page,
  { viewport, colorScheme }: BrowserContextOptions,
): Promise<void> {
  await Promise.all(
    context
      .pages()
      .filter((other) => other !== page)
      .map((other) => other.close()),
  )
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await goToEmptyDocument(page)
  await Promise.all([
    page.emulateMedia({
      ...defined({ colorScheme }),
      reducedMotion: 'reduce',
      media: null,
      forcedColors: null,
    }),
    viewport && page.setViewportSize(viewport),
    page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    }),
  ])
}

/**
 * Opens an empty document on the origin of the page, with the same opener policy: anything else starts a new process. The
 * route is removed, because Chromium doesn't use its cache for a page that has one.
 */
async function goToEmptyDocument(page: Page): Promise<void> {
  const address = `${new URL(page.url()).origin}/empty-document`
  await page.route(address, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'cross-origin-opener-policy': 'same-origin' },
      body: '<!doctype html><title>Empty</title>',
    }),
  )
  await page.goto(address)
  await page.unroute(address)
}
