import type { ScriptChecks } from '../journeys/lint/linter.ts'
import { findIncompatibilities } from '../sandbox/compatibility.ts'
import { createScriptEngine } from '../sandbox/create-script-engine.ts'
import { findNames } from '../scripts/names/find-names.ts'

/** Runs work that checks scripts with an engine of its own. */
export async function withScriptChecks<Value>(
  work: (checks: ScriptChecks) => Promise<Value>,
): Promise<Value> {
  const engine = createScriptEngine()
  try {
    return await work({
      checkScript: (name, source) => engine.check(name, source),
      findIncompatibilities,
      findNames,
    })
  } finally {
    await engine.close()
  }
}
