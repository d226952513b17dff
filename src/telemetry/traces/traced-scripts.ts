import { type ScriptEngine, ScriptError } from '../../sandbox/script-engine.ts'
import type { Tracing } from './tracing.ts'

/** The same engine, with a span for each run: the script's name, and what was wrong with it. */
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
            if (error instanceof ScriptError) span.note({ 'sidegate.script.fault': error.fault })
            throw error
          }
        },
      ),
    check: (name, source) => engine.check(name, source),
    waiting: () => engine.waiting(),
    close: () => engine.close(),
  }
}
