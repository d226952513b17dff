import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContext } from 'playwright-core'
import type { Entry, Module, Suite } from './suite.ts'
import { type Decision, visit } from './visit.ts'

/** How a module ended. */
export type Result = {
  module: string
  /** `PASSED`, `WARNING`, `REVIEW`, `SKIPPED`, `FAILED`, or the state it stopped in. */
  result: string
  /** What the suite said about it, without what was as expected. */
  remarks: string[]
  /** For those who review it. */
  pictures: Map<string, Buffer>
}

const ended = ['FINISHED', 'INTERRUPTED']
const limit = 150_000

/** Runs a module to its end with a new browser, and shows the suite the pictures that it asks for. */
export async function play(
  suite: Suite,
  url: string,
  browser: Browser,
  plan: string,
  module: Module,
): Promise<Result> {
  const id = await suite.prepare(plan, module)
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-US' })
  const player = new Player(suite, url, id, module.testModule, context)
  try {
    const until = Date.now() + limit
    let info = await suite.info(id)
    for (; !ended.includes(info.status) && Date.now() < until; info = await suite.info(id)) {
      await player.next(info.status)
    }
    const isOver = ended.includes(info.status)
    if (!isOver) await suite.cancel(id)
    const result = info.status === 'FINISHED' ? (info.result ?? 'no result') : `stopped: ${info.status}`
    return {
      module: module.testModule,
      result,
      remarks: (await suite.log(id)).filter((entry) => isRemark(entry, result)).map(shown),
      pictures: player.pictures,
    }
  } finally {
    await context.close()
  }
}

class Player {
  readonly pictures = new Map<string, Buffer>()
  readonly #suite: Suite
  readonly #url: string
  readonly #id: string
  readonly #module: string
  readonly #context: BrowserContext
  #visits = 0
  #seen: Buffer[] = []
  #isBack = false
  #waited = 0

  constructor(suite: Suite, url: string, id: string, module: string, context: BrowserContext) {
    this.#suite = suite
    this.#url = url
    this.#id = id
    this.#module = module
    this.#context = context
  }

  /** Opens what waits; otherwise starts the module or uploads pictures if nothing else happens. */
  async next(status: string): Promise<void> {
    const addresses = await this.#suite.addresses(this.#id)
    for (const address of addresses) {
      await this.#suite.opened(this.#id, address)
      const made = await visit(this.#context, this.#url, address, this.#decision())
      this.#visits++
      if (made.pictures.length > 0) this.#seen = made.pictures
      this.#isBack = made.isBack
      this.#waited = 0
    }
    if (addresses.length > 0) return
    this.#waited++
    // Starting a module twice breaks it.
    if (status === 'CONFIGURED' && this.#waited === 10) await this.#suite.start(this.#id)
    if (status === 'WAITING' && this.#waited > 4) await this.#upload()
    await pause(400)
  }

  /** A module asks for a person who rejects, and one for a person who leaves on the first visit. */
  #decision(): Decision {
    if (this.#module.includes('user-rejects')) return 'deny'
    return this.#module.includes('reused-request-uri-prior') && this.#visits === 0 ? 'leave' : 'allow'
  }

  async #upload(): Promise<void> {
    for (const { upload, img, msg } of await this.#suite.images(this.#id)) {
      // A module that had its answer needs a picture only of the sign-in page.
      const isOpen = upload && !img && (!this.#isBack || /login/i.test(msg ?? ''))
      const picture = /successful logout/i.test(msg ?? '') ? this.#seen.at(-1) : this.#seen[0]
      if (!isOpen || picture === undefined) continue
      await this.#suite.upload(this.#id, upload, picture)
      this.pictures.set(msg ?? upload, picture)
    }
  }
}

/** A picture that turned out not to be needed is no remark. */
function isRemark({ result: kind }: Entry, result: string): boolean {
  return kind === 'REVIEW' ? result === 'REVIEW' : ['FAILURE', 'WARNING', 'SKIPPED'].includes(kind ?? '')
}

function shown({ result, src, msg, requirements }: Entry): string {
  return [`${result} ${src}:`, msg, ...(requirements ?? [])].filter(Boolean).join(' ')
}
