/** What a trace may tell of a thing: names and numbers, never what somebody typed and never a secret. */
export type About = Readonly<Record<string, string | number | boolean>>

/** One thing that was done, as long as it takes. */
export type Span = {
  /** Adds what is known later. */
  note(about: About): void
}

/** The span of a request, which begins and ends in different places. */
export type RequestSpan = Span & {
  /** Runs something as part of the request. */
  within(work: () => void): void
  end(hasFailed: boolean): void
}

/**
 * Records what is done on behalf of requests, for a receiver elsewhere. What nobody asked for, such as tidying up, is not
 * recorded. Nothing waits for it, and nothing of it fails.
 */
export type Tracing = {
  readonly isOn: boolean
  /** @param headers of the request: it may be part of a trace that began with whoever sent it. */
  request(headers: Readonly<Record<string, unknown>>, name: string, about: About): RequestSpan
  /** Does a part of what is under way. An error is told by its kind alone: its text may hold anything. */
  span<Value>(name: string, about: About, work: (span: Span) => Promise<Value>): Promise<Value>
  /** Does what a request left to be done after it, such as sending a mail: a trace of its own. */
  rootSpan<Value>(name: string, about: About, work: (span: Span) => Promise<Value>): Promise<Value>
  /** Headers with which whoever is called can go on with the trace; none outside of one. */
  carried(): Readonly<Record<string, string>>
  /** Sends what was not sent yet. */
  close(): Promise<void>
}

const noSpan: Span = { note: () => undefined }

/** Records nothing, and costs next to nothing. */
export const noTracing: Tracing = {
  isOn: false,
  request: () => ({ ...noSpan, within: (work) => work(), end: () => undefined }),
  span: (_name, _about, work) => work(noSpan),
  rootSpan: (_name, _about, work) => work(noSpan),
  carried: () => ({}),
  close: async () => undefined,
}

/** How much is recorded, and where it goes. */
export type TraceSettings = {
  /** Of the receiver; `/v1/traces` is added. */
  endpoint: string
  sampler: SamplerName
  /** Of the traces that begin here, from 0 to 1, where the sampler takes a share. */
  share: number
}

/** Source: "Environment Variable Specification" of OpenTelemetry, `OTEL_TRACES_SAMPLER`. */
export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

export type SamplerName = (typeof samplerNames)[number]
