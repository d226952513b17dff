/** Attributes of a span: names and numbers, never user input or secrets. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>

export type Span = {
  /** Adds attributes that are known only after the start. */
  setAttributes(about: SpanAttributes): void
}

/** The span of an HTTP request, which starts and ends in different places in the code. */
export type RequestSpan = Span & {
  /** Runs `work` with this request as the parent of its spans. */
  within(work: () => void): void
  end(hasFailed: boolean): void
}

/**
 * Records the work done for requests and sends it to an OpenTelemetry collector. Background work such as maintenance is not
 * recorded. Tracing never delays or fails the work.
 */
export type Tracing = {
  readonly isOn: boolean
  /** @param headers of the request, which may continue the client's trace. */
  request(headers: Readonly<Record<string, unknown>>, name: string, about: SpanAttributes): RequestSpan
  /** Records a part of the current request. Records only the name of an error, because its message may contain secrets. */
  span<Value>(name: string, about: SpanAttributes, work: (span: Span) => Promise<Value>): Promise<Value>
  /** Records deferred work, such as sending an email, as a separate trace. */
  rootSpan<Value>(name: string, about: SpanAttributes, work: (span: Span) => Promise<Value>): Promise<Value>
  /** Headers that let a called server continue the trace. Empty outside a trace. */
  propagationHeaders(): Readonly<Record<string, string>>
  /** Sends the remaining spans. */
  close(): Promise<void>
}

/** For work that is not recorded. */
export const noSpan: Span = { setAttributes: () => undefined }

/** Records nothing, at almost no cost. */
export const noTracing: Tracing = {
  isOn: false,
  request: () => ({ ...noSpan, within: (work) => work(), end: () => undefined }),
  span: (_name, _about, work) => work(noSpan),
  rootSpan: (_name, _about, work) => work(noSpan),
  propagationHeaders: () => ({}),
  close: async () => undefined,
}

export type TraceSettings = {
  /** URL of the collector, without `/v1/traces`. */
  endpoint: string
  sampler: SamplerName
  /** Share of the traces that start here to record, from 0 to 1. Only for the ratio samplers. */
  share: number
}

/** Source: OpenTelemetry "Environment Variable Specification", `OTEL_TRACES_SAMPLER`. */
export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

export type SamplerName = (typeof samplerNames)[number]
