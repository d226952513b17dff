import { type ScriptEngine, ScriptError } from '../../sandbox/script-engine.ts'
import type { Metrics } from './metrics.ts'

/** Measures the duration and result of each run. */
export function measuredScripts(engine: ScriptEngine, metrics: Pick<Metrics, 'scriptRan'>): ScriptEngine {
  return {
    async run(job, host, measure) {
      const startedAt = performance.now()
      let result = 'ok'
      try {
        return await engine.run(job, host, measure)
      } catch (error) {
        result = error instanceof ScriptError ? error.fault : 'defect'
        throw error
      } finally {
        metrics.scriptRan(result, (performance.now() - startedAt) / 1000)
      }
    },
    check: (name, source) => engine.check(name, source),
    waiting: () => engine.waiting(),
    workers: () => engine.workers(),
    close: () => engine.close(),
  }
}
