import type { Json } from '../src/base/json.ts'
import { incompatibilitiesIn } from '../src/sandbox/compatibility.ts'
import { createScriptEngine } from '../src/sandbox/create-script-engine.ts'
import { scriptJob } from '../src/sandbox/fixtures/script-job.ts'
import { ScriptError, type ScriptJob } from '../src/sandbox/script-engine.ts'
import type { Script } from '../src/scripts/script.ts'

/** Numbers of whole scripts. Each source counts once. */
export type ScriptRates = Record<
  'scripts' | 'without a finding' | 'with a finding' | 'refused' | 'with the same result',
  number
>

const decisions = /^(?:AUTHENTICATION_TREE_DECISION_NODE|SCRIPTED_DECISION_NODE)$/

/**
 * Lints the decision scripts of exports, and runs each twice: as a server does, and as on the vendor's engine. The state has a text for
 * each key that the script reads; nothing answers calls out of the sandbox, which fail in both runs.
 */
export async function ratesOf(scripts: readonly Script[]): Promise<ScriptRates> {
  const distinct = new Map(scripts.filter(isDecision).map((script) => [script.source, script]))
  const server = createScriptEngine({ workers: 1 })
  const vendor = createScriptEngine({ workersOf: server, isAsVendor: true, random: () => 0, now: () => 0 })
  const like = createScriptEngine({ workersOf: server, random: () => 0, now: () => 0 })
  const rates: ScriptRates = {
    scripts: distinct.size,
    'without a finding': 0,
    'with a finding': 0,
    refused: 0,
    'with the same result': 0,
  }
  try {
    for (const script of distinct.values()) {
      const [faults, found] = [
        await server.check(script.name, script.source),
        await incompatibilitiesIn(script.source),
      ]
      rates[faults.length + found.length === 0 ? 'without a finding' : 'with a finding']++
      const [one, other] = await Promise.all([like, vendor].map((engine) => resultOf(engine, script)))
      if (faults.length > 0 || other?.includes("On the vendor's engine")) rates.refused++
      else if (one === other) rates['with the same result']++
      else console.error(`${script.name}:\n  ${one?.slice(0, 200)}\n  ${other?.slice(0, 200)}`)
    }
  } finally {
    await server.close()
  }
  return rates
}

const isDecision = ({ language, context }: Script) => language === 'JAVASCRIPT' && decisions.test(context)

const nobody = async () => {
  throw new ScriptError('host', 'nobody answers')
}

/** The result as text, or the error. */
async function resultOf(engine: ReturnType<typeof createScriptEngine>, script: Script): Promise<string> {
  const job = scriptJob(script.source, {
    kind: script.evaluatorVersion.startsWith('1') ? 'legacyDecision' : 'decision',
    state: stateOf(script.source),
  })
  try {
    return JSON.stringify(await engine.run(job, nobody))
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    return error.message
  }
}

function stateOf(source: string): ScriptJob['state'] {
  const keys = source.matchAll(/State\.get\(\s*(['"])(.+?)\1/g)
  const shared: Record<string, Json> = Object.fromEntries([...keys].map(([, , key = '']) => [key, 'a']))
  return { shared, secure: {}, transient: {} }
}
