import { noTracing, type TraceSettings, type Tracing } from './tracing.ts'

/** Loads the OpenTelemetry library only if traces are configured. */
export async function startTracing(
  settings: TraceSettings | undefined,
  onLost: (spans: number) => void,
): Promise<Tracing> {
  if (settings === undefined) return noTracing
  const { openTelemetry } = await import('./open-telemetry.ts')
  return openTelemetry(settings, onLost)
}
