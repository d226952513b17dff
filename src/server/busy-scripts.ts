import { BusyError } from '../base/errors.ts'
import { type ScriptEngine, ScriptError } from '../sandbox/script-engine.ts'

/** Wraps an engine so that a full queue is a BusyError: it isn't the script's fault, and must not end a journey. */
export function busyScripts(engine: ScriptEngine): ScriptEngine {
  return {
    run: (job, host, measure) => engine.run(job, host, measure).catch(rethrow),
    check: (name, source) => engine.check(name, source).catch(rethrow),
    waiting: () => engine.waiting(),
    workers: () => engine.workers(),
    close: () => engine.close(),
  }
}

function rethrow(error: unknown): never {
  if (error instanceof ScriptError && error.fault === 'busy') throw new BusyError('scripts', error.message)
  throw error
}
