import { type ScriptEngine, ScriptError } from '../../sandbox/script-engine.ts'
import type { Tracing } from './tracing.ts'

/** Adds a span with the script's name and fault to each run. */
export function tracedScripts(engine: ScriptEngine, tracing: Tracing): ScriptEngine {
  if (!tracing.isOn) return engine
  return {
    run: (job, host, measure) =>
      tracing.span(
        'script',
        { 'sidegate.script.name': job.name, 'sidegate.script.id': job.id },
        async (span) => {
          try {
            return await engine.run(job, host, measure)
          } catch (error) {
            if (error instanceof ScriptError) span.setAttributes({ 'sidegate.script.fault': error.fault })
            throw error
          }
        },
      ),
    check: (name, source) => engine.check(name, source),
    waiting: () => engine.waiting(),
    workers: () => engine.workers(),
    close: () => engine.close(),
  }
}
