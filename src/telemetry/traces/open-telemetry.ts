import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Span as ApiSpan,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import {
  noSpan,
  type SamplerName,
  type Span,
  type SpanAttributes,
  type TraceSettings,
  type Tracing,
} from './tracing.ts'

/** The current span and its request. Work that outlives the request is no longer recorded. */
type ActiveSpan = { context: Context; request: { isOver: boolean } }

/** How long shutdown waits for the collector, in milliseconds. */
const closeMs = 3000

/**
 * Sends traces to an OpenTelemetry collector, by OTLP over HTTP as JSON. The standard environment variables set headers,
 * timeouts and certificates for the collector, and the service name.
 *
 * @param onLost called with the number of spans that the collector did not accept.
 */
export function openTelemetry(settings: TraceSettings, onLost: (spans: number) => void): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${settings.endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new TracerProvider({
    sampler: samplerOf(settings.sampler, settings.share),
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'sidegate' }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter: reportingLosses(exporter, onLost) })],
  })
  const tracer = provider.getTracer('sidegate')
  const propagator = new W3CTraceContextPropagator()
  // Not the library's global context manager: one process may run several servers.
  const activeSpan = new AsyncLocalStorage<ActiveSpan>()

  function current(): ActiveSpan | undefined {
    const active = activeSpan.getStore()
    return active?.request.isOver ? undefined : active
  }

  async function recorded<Value>(
    parent: ActiveSpan,
    name: string,
    about: SpanAttributes,
    work: (span: Span) => Promise<Value>,
  ): Promise<Value> {
    const span = tracer.startSpan(name, { attributes: about }, parent.context)
    try {
      const context = trace.setSpan(parent.context, span)
      return await activeSpan.run({ ...parent, context }, () => work(notesOf(span)))
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error)
      throw error
    } finally {
      span.end()
    }
  }

  return {
    isOn: true,
    request(headers, name, about) {
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes: about }, parent)
      const root: ActiveSpan = { context: trace.setSpan(parent, span), request: { isOver: false } }
      return {
        ...notesOf(span),
        within: (work) => activeSpan.run(root, work),
        end(hasFailed) {
          root.request.isOver = true
          if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        },
      }
    },
    async span(name, about, work) {
      const parent = current()
      return parent === undefined ? work(noSpan) : recorded(parent, name, about, work)
    },
    rootSpan: (name, about, work) =>
      recorded({ context: ROOT_CONTEXT, request: { isOver: false } }, name, about, work),
    propagationHeaders() {
      const headers: Record<string, string> = {}
      const active = current()
      if (active !== undefined) propagator.inject(active.context, headers, defaultTextMapSetter)
      return headers
    },
    // Export errors are reported by `onLost`.
    close: () =>
      Promise.race([provider.shutdown().catch(() => undefined), pause(closeMs, undefined, { ref: false })]),
  }
}

function notesOf(span: ApiSpan): Span {
  return { setAttributes: (about) => void span.setAttributes(about) }
}

function reportingLosses(exporter: SpanExporter, onLost: (spans: number) => void): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== 0) onLost(spans.length)
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
  }
}

function samplerOf(name: SamplerName, share: number): Sampler {
  const roots = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(share),
  }
  switch (name) {
    case 'always_on':
    case 'always_off':
    case 'traceidratio':
      return roots[name]()
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: roots.always_on() })
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: roots.always_off() })
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: roots.traceidratio() })
  }
}
