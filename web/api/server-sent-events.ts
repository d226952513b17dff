import { EventSourceParserStream } from 'eventsource-parser/stream'
import { defined } from './defined.ts'
import { apiError, OfflineError } from './request.ts'

export type ServerEvent = { id: string | undefined; event: string; data: unknown }

export type EventsRequest = {
  /** Needed by feeds that are opened with an `authId`, and the reason for not using `EventSource`. */
  headers?: Readonly<Record<string, string>>
  /** Id of the last event read; the feed resumes after it. */
  after?: string | undefined
  /** Called when the server accepts the request. */
  onOpen?(): void
  signal: AbortSignal
}

/**
 * Reads a feed of server-sent events until the server closes it.
 * Source: "Server-sent events", WHATWG HTML.
 * @throws ApiError for an error status.
 * @throws OfflineError when the connection is lost; resume with `after`.
 */
export async function* serverEvents(path: string, options: EventsRequest): AsyncGenerator<ServerEvent> {
  const { headers, after, onOpen, signal } = options
  // An open connection does not notice that the network is gone.
  const offline = new AbortController()
  const abortOffline = () => offline.abort()
  addEventListener('offline', abortOffline)
  try {
    const response = await fetch(path, {
      signal: AbortSignal.any([signal, offline.signal]),
      cache: 'no-store',
      headers: {
        accept: 'text/event-stream',
        'x-requested-with': 'sidegate',
        ...defined({ 'last-event-id': after }),
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
    throw error instanceof TypeError || offline.signal.aborted ? new OfflineError(error) : error
  } finally {
    removeEventListener('offline', abortOffline)
  }
}

/** Milliseconds. The server sends a keep-alive at least every 30 s. */
const maxSilence = 45_000

/** Fails a stream that stays silent, for example after the computer slept and the connection was lost unnoticed. */
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

/** Reads a stream in browsers that cannot iterate over it. */
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
