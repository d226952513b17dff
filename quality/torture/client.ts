import { setTimeout as after } from 'node:timers/promises'
import type { Json, JsonObject } from '../../src/base/json.ts'
import type { Book } from './book.ts'
import { oneOf } from './chance.ts'
import { problem } from './record/problem.ts'

/** A server that may be down and come back at another address. */
export type Target = { readonly url: string; readonly isUp: boolean }

export type Request = {
  method?: string
  /** The path after the context path, or beginning with `/openidm`. */
  path: string
  body?: Json
  headers?: Record<string, string>
}

export type Answer = { status: number; headers: Headers; body: JsonObject }

/** Time in milliseconds after which a response counts as lost. */
const patienceMs = 4_000

/** A client of the servers of one place. Repeats each request until it gets a response. */
export class Client {
  readonly book: Book
  readonly #targets: readonly Target[]
  #isAbandoned = false

  constructor(targets: readonly Target[], book: Book) {
    this.#targets = targets
    this.book = book
  }

  /**
   * The URL of one of the servers, usually one that isn't known to be down, as a load balancer with health checks would choose.
   */
  url(): string {
    const up = this.#up()
    return oneOf(up.length > 0 && Math.random() < 0.95 ? up : this.#targets).url
  }

  #up(): readonly Target[] {
    return this.#targets.filter(({ isUp }) => isUp)
  }

  /**
   * Sends a request once.
   * @returns undefined if its effect is unknown.
   */
  async once(request: Request): Promise<Answer | undefined> {
    const answer = await send(this.url(), request).catch(whatBroke)
    if (typeof answer === 'string') {
      this.book.noAnswer(answer)
      return undefined
    }
    if (answer.status < 500) return answer
    this.book.noAnswer(String(answer.status))
    if (answer.status !== 503) {
      const seen = `${answer.status} to ${request.method ?? 'POST'} ${request.path.split('?')[0]}`
      this.book.found([problem('an answer that is never allowed', seen)])
    }
    return undefined
  }

  /** Stops all waiting for these servers. */
  abandon(): void {
    this.#isAbandoned = true
  }

  /**
   * Repeats a request until it gets a response.
   * @throws Error after `abandon`.
   */
  async ask(request: Request): Promise<Answer> {
    for (;;) {
      if (this.#isAbandoned) throw new Error('the torture was aborted')
      for (let waits = 0; waits < 20 && this.#up().length === 0; waits++) await after(50)
      const answer = await this.once(request)
      if (answer !== undefined) return answer
      await after(100 + Math.random() * 200)
    }
  }
}

async function send(url: string, { method = 'POST', path, body, headers }: Request): Promise<Answer> {
  const base = path.startsWith('/openidm') ? url.replace(/\/am$/, '') : url
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patienceMs),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? {} : (JSON.parse(text) as JsonObject),
  }
}

/** The code of an error, such as ECONNREFUSED. */
function whatBroke(error: unknown): string {
  const { cause, name } = error as Error
  return String((cause as NodeJS.ErrnoException | undefined)?.code ?? name)
}
