import { createParser } from 'eventsource-parser'
import type { JsonObject } from '../../src/base/json.ts'

/** One server-sent event and its time of arrival (`performance.now()`). */
export type FeedEvent = { id: string | undefined; event: string | undefined; data: JsonObject; at: number }

export type FeedRequest = {
  /** The query parameter; omitted if undefined. */
  transaction?: string
  reference?: string
  late?: boolean
  realm?: string
  headers?: Record<string, string>
}

/** Reads a live feed with `fetch`: the events so far, and promises for later ones. */
export class FeedReader {
  readonly status: number
  readonly headers: Headers
  readonly events: FeedEvent[] = []
  readonly comments: string[] = []
  /** Milliseconds after which the server asks the reader to reconnect, once it drains. */
  retryAfter: number | undefined
  /** Settles when the server closes the feed or after `leave`. */
  readonly closed: Promise<void>
  /** The error answer; empty if the feed is open. */
  readonly error: string
  readonly #controller: AbortController
  #wake: () => void = () => undefined
  #isClosed = false

  private constructor(response: Response, error: string, controller: AbortController) {
    this.status = response.status
    this.headers = response.headers
    this.error = error
    this.#controller = controller
    this.closed = this.#read(response)
  }

  static async open(url: string, { realm = 'alpha', headers = {}, ...request }: FeedRequest = {}) {
    const path = realm === '/' ? '/realms/root' : `/realms/root/realms/${realm}`
    const query = new URLSearchParams()
    for (const name of ['transaction', 'reference', 'late'] as const) {
      if (request[name] !== undefined) query.set(name, String(request[name]))
    }
    const controller = new AbortController()
    const response = await fetch(`${url}/json${path}/authenticate/backchannel/events?${query}`, {
      headers,
      signal: controller.signal,
    })
    return new FeedReader(response, response.ok ? '' : await response.text(), controller)
  }

  /** The first `count` events, once they have arrived. @throws Error if the feed closes first. */
  async first(count: number): Promise<FeedEvent[]> {
    await this.#until(() => this.events.length >= count)
    return this.events.slice(0, count)
  }

  /** Waits for a comment line. */
  async comment(): Promise<string> {
    await this.#until(() => this.comments.length > 0)
    return this.comments[0] ?? ''
  }

  /** All events, once the server has closed the feed. */
  async all(): Promise<FeedEvent[]> {
    await this.closed
    return this.events
  }

  /** Closes the connection from the client's side. */
  async leave(): Promise<void> {
    this.#controller.abort()
    await this.closed
  }

  async #until(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      if (this.#isClosed) throw new Error(`the feed closed after ${JSON.stringify(this.events)}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async #read(response: Response): Promise<void> {
    const parser = createParser({
      onEvent: ({ id, event, data }) =>
        this.events.push({ id, event, data: JSON.parse(data), at: performance.now() }),
      onRetry: (milliseconds) => {
        this.retryAfter = milliseconds
      },
      onComment: (comment) => this.comments.push(comment),
    })
    try {
      if (response.bodyUsed || response.body === null) return
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        parser.feed(chunk)
        this.#wake()
      }
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error
    } finally {
      this.#isClosed = true
      this.#wake()
    }
  }
}

/** The kind of an event; for a notification, its text. */
export function kindOf({ event, data }: FeedEvent): string {
  if (event === 'snapshot') return 'snapshot'
  return event === 'notification' ? sightOf({ id: '', event, data, at: 0 }) : String(data.kind)
}

/** A short form of an event, to compare sequences. */
export function sightOf({ event, data }: FeedEvent): string {
  if (event === 'notification') return String((data.data as JsonObject).journeyStatus)
  return event === 'state' ? `${data.state} ${data.result}` : String(event)
}
