import { BusyError } from '../errors.ts'
import { type ScriptEngine, ScriptError } from '../scripting/script-engine.ts'
import type { Metrics } from './metrics.ts'

/**
 * The same engine, with the time and the result of every run counted. That too many wait is no fault of a script, and
 * ends no journey: it is a BusyError.
 */
export function measuredScripts(engine: ScriptEngine, metrics: Pick<Metrics, 'scriptRan'>): ScriptEngine {
  return {
    async run(job, host, measure) {
      const startedAt = performance.now()
      let result = 'ok'
      try {
        return await engine.run(job, host, measure)
      } catch (error) {
        result = error instanceof ScriptError ? error.fault : 'defect'
        throw asBusy(error)
      } finally {
        metrics.scriptRan(result, (performance.now() - startedAt) / 1000)
      }
    },
    async check(name, source) {
      try {
        return await engine.check(name, source)
      } catch (error) {
        throw asBusy(error)
      }
    },
    waiting: () => engine.waiting(),
    close: () => engine.close(),
  }
}

function asBusy(error: unknown): unknown {
  const isBusy = error instanceof ScriptError && error.fault === 'busy'
  return isBusy ? new BusyError('scripts', error.message) : error
}
