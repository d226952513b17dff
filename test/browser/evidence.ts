import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { BrowserContext, ConsoleMessage, Page, Request, Response } from 'playwright-core'
import { beforeEach, type TestContext } from 'vitest'

// A failed browser test saves a screenshot and a log of every open page.

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'test-results')

/** Contexts that may have open pages. */
const contexts = new Set<BrowserContext>()

const logs = new WeakMap<Page, string[]>()

/** From now on a failed test saves the pages of this context. */
export function watchForFailures(context: BrowserContext): void {
  contexts.add(context)
  context.on('close', () => contexts.delete(context))
  context.on('console', (message: ConsoleMessage) => {
    log(message.page(), `console.${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (error) => log(error.page(), `uncaught: ${error.error().stack}`))
  context.on('request', (request: Request) => log(pageOf(request), `> ${request.method()} ${request.url()}`))
  context.on('response', (response: Response) => {
    log(pageOf(response.request()), `< ${response.status()} ${response.url()}`)
  })
  context.on('requestfailed', (request: Request) => {
    log(pageOf(request), `failed: ${request.url()}: ${request.failure()?.errorText}`)
  })
}

/** Call in a setup file: names the saved files in the error of each failed test. */
export function saveEvidenceOfFailures(): void {
  beforeEach(({ onTestFailed }) => onTestFailed(saveEvidence))
}

async function saveEvidence({ task }: TestContext): Promise<void> {
  const pages = [...contexts].flatMap((context) => context.pages())
  if (pages.length === 0) return
  const own = join(folder, fileName(`${task.file.name} ${task.name}`))
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own, { recursive: true })
  for (const [index, page] of pages.entries()) {
    const name = join(own, `page-${index + 1}`)
    const lines = [page.url(), ...(logs.get(page) ?? [])]
    // A page that hangs must not hide the failure.
    const shot = page.screenshot({ path: `${name}.png`, timeout: 5000 })
    await shot.catch((error: unknown) => lines.push(`no screenshot: ${error}`))
    writeFileSync(`${name}.log`, `${lines.join('\n')}\n`)
  }
  for (const error of task.result?.errors ?? []) {
    error.message += `\n\nScreenshots and logs of the open pages: ${relative(root, own)}/`
  }
}

function log(page: Page | null, line: string): void {
  if (page === null) return
  const lines = logs.get(page) ?? []
  lines.push(line)
  logs.set(page, lines)
}

/** Requests of service workers, and of navigations that were cut off, have no page. */
function pageOf(request: Request): Page | null {
  try {
    return request.frame().page()
  } catch {
    return null
  }
}

function fileName(text: string): string {
  return text.replaceAll(/[^\w.-]+/g, '-').slice(0, 120)
}
