import { BusyError } from '../errors.ts'
import { type ScriptEngine, ScriptError } from '../sandbox/script-engine.ts'

/** The same engine. That too many wait for it is no fault of a script, and ends no journey: it is a BusyError. */
export function busyScripts(engine: ScriptEngine): ScriptEngine {
  return {
    run: (job, host, measure) => engine.run(job, host, measure).catch(rethrow),
    check: (name, source) => engine.check(name, source).catch(rethrow),
    waiting: () => engine.waiting(),
    close: () => engine.close(),
  }
}

function rethrow(error: unknown): never {
  if (error instanceof ScriptError && error.fault === 'busy') throw new BusyError('scripts', error.message)
  throw error
}
