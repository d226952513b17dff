import { EventSourceParserStream } from 'eventsource-parser/stream'
import { apiError, OfflineError } from './request.ts'

/** One server-sent event. */
export type ServerEvent = { id: string | undefined; event: string; data: unknown }

export type EventsRequest = {
  /** `EventSource` can't send headers, and some feeds are opened with one. */
  headers?: Readonly<Record<string, string>>
  /** The last event that was read: the feed goes on behind it. */
  after?: string | undefined
  /** The server has answered and will send events. */
  onOpen?(): void
  signal: AbortSignal
}

/**
 * Reads a feed of server-sent events, one after the other, until the server ends it.
 * Source: "Server-sent events", WHATWG HTML.
 * @throws ApiError when the server said no.
 * @throws OfflineError when the connection was lost: read again with `after`.
 */
export async function* serverEvents(path: string, asked: EventsRequest): AsyncGenerator<ServerEvent> {
  const { headers, after, onOpen, signal } = asked
  // A connection that is open does not notice that its network went away.
  const away = new AbortController()
  const leave = () => away.abort()
  addEventListener('offline', leave)
  try {
    const response = await fetch(path, {
      signal: AbortSignal.any([signal, away.signal]),
      cache: 'no-store',
      headers: {
        accept: 'text/event-stream',
        'x-requested-with': 'sidegate',
        ...(after === undefined ? {} : { 'last-event-id': after }),
        ...headers,
      },
    })
    if (response.status >= 400) throw apiError(response.status, await response.json().catch(() => undefined))
    if (response.body === null || response.status === 204) return
    onOpen?.()
    const events = response.body
      .pipeThrough(failWhenSilent())
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
    for await (const { id, event, data } of readChunks(events)) {
      yield { id, event: event ?? 'message', data: JSON.parse(data) }
    }
  } catch (error) {
    if (signal.aborted) return
    throw error instanceof TypeError || away.signal.aborted ? new OfflineError(error) : error
  } finally {
    removeEventListener('offline', leave)
  }
}

/** Milliseconds: the server says at least every 30 s that it is there. */
const maxSilence = 45_000

/** A connection that was lost without a word, as when a computer slept, breaks after a while of silence. */
function failWhenSilent(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let timer: ReturnType<typeof setTimeout>
  return new TransformStream({
    start(controller) {
      timer = setTimeout(() => controller.error(new TypeError('the feed is silent')), maxSilence)
    },
    transform(chunk, controller) {
      clearTimeout(timer)
      timer = setTimeout(() => controller.error(new TypeError('the feed is silent')), maxSilence)
      controller.enqueue(chunk)
    },
    flush: () => clearTimeout(timer),
  })
}

/** Not every browser can iterate over a stream. */
async function* readChunks<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
