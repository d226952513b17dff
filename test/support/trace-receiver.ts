import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { openTelemetry } from '../../src/telemetry/traces/open-telemetry.ts'

type Attribute = { key: string; value: Record<string, unknown> }
type WireSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: Attribute[]
  status?: { code?: number }
}
type WireBody = { resourceSpans: { scopeSpans: { spans: WireSpan[] }[] }[] }

/** A span in the form that tests use. */
export type ReceivedSpan = Omit<WireSpan, 'attributes'> & { about: Record<string, unknown> }

/** Accepts OTLP traces over HTTP, and records the headers of all other requests. */
export type TraceReceiver = {
  host: string
  /** All exports, unparsed. */
  exported(): string
  spans(): ReceivedSpan[]
  /** Headers of other requests, oldest first. */
  calls: IncomingHttpHeaders[]
  stop(): Promise<void>
}

export async function startTraceReceiver(): Promise<TraceReceiver> {
  const bodies: string[] = []
  const calls: IncomingHttpHeaders[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    if (request.url === '/v1/traces') bodies.push(body)
    else calls.push(request.headers)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    exported: () => bodies.join('\n'),
    spans: () => bodies.flatMap((body) => spansOf(JSON.parse(body) as WireBody)),
    calls,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A receiver and tracing that exports to it. Spans arrive after they have ended. */
export async function startRecording() {
  const receiver = await startTraceReceiver()
  const settings = { endpoint: `http://${receiver.host}`, sampler: 'always_on', share: 1 } as const
  const tracing = openTelemetry(settings, () => undefined)
  return {
    tracing,
    async finish(): Promise<Pick<TraceReceiver, 'exported' | 'spans'>> {
      await tracing.close()
      await receiver.stop()
      return receiver
    },
  }
}

/** The results of deliveries, by attempt. */
export function verdictsIn({ spans }: Pick<TraceReceiver, 'spans'>): unknown[] {
  const delivered = spans().filter(({ about }) => about['sidegate.verdict'] !== undefined)
  return delivered
    .toSorted((one, other) => Number(one.about['sidegate.tries']) - Number(other.about['sidegate.tries']))
    .map(({ about }) => about['sidegate.verdict'])
}

function spansOf({ resourceSpans }: WireBody): ReceivedSpan[] {
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  return spans.map(({ attributes, ...span }) => ({
    ...span,
    about: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
  }))
}
