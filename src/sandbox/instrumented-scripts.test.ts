import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { exportNames, readExport } from '../../test/support/exports-folder.ts'
import { builtInScripts } from '../scripts/built-in/built-in-scripts.ts'
import { createScriptEngine } from './create-script-engine.ts'
import { randomScript } from './fixtures/random-script.ts'
import { scriptJob } from './fixtures/script-job.ts'
import { type Instrumented, instrument } from './instrument.ts'
import { defaultLimits } from './limits.ts'
import type { ScriptCoverage } from './script-coverage.ts'
import { ScriptError, type ScriptHost, type ScriptJob, type ScriptKind } from './script-engine.ts'
import { ScriptWorkerPool } from './script-worker-pool.ts'
import type { Attempt, Outcome } from './worker/messages.ts'

const outside = { workers: 1, now: () => 1_790_000_000_000, random: () => 0.5 }
/** Attempts of the engine, which a measurement would repeat. */
const attempts: Attempt[] = []
const recorder = { repeat: (_job: ScriptJob, attempt: Attempt) => attempts.push(attempt) }
const engine = createScriptEngine({ ...outside, cover: recorder as unknown as ScriptCoverage })
const pool = new ScriptWorkerPool(1, defaultLimits)
afterAll(() => Promise.all([engine.close(), pool.close()]))

function uncommented(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

function instrumented(source: string, name: string): Pick<Instrumented, 'source' | 'counters'> {
  try {
    return instrument(source, name)
  } catch {
    return { source, counters: 0 }
  }
}

/** The attempt with counters in all of its sources that can be measured. */
function withCounters(attempt: Attempt): Attempt {
  const main = instrumented(attempt.source, '$main')
  const libraries = Object.entries(attempt.libraries).map(
    ([name, source], at) => [name, instrumented(source, `$library${at}`)] as const,
  )
  const counters = [
    { name: '$main', length: main.counters },
    ...libraries.map(([, code], at) => ({ name: `$library${at}`, length: code.counters })),
  ]
  const sources = Object.fromEntries(libraries.map(([name, { source }]) => [name, source]))
  return { ...attempt, source: main.source, libraries: sources, counters }
}

/** The end of an attempt without the value of the script's last statement and without places, which counters change. */
function visible(outcome: Outcome): unknown {
  if (outcome.kind === 'done') {
    const { value: _value, ...result } = JSON.parse(outcome.result)
    return { ...outcome, result }
  }
  if (outcome.kind !== 'failed') return outcome
  return { ...outcome, message: outcome.message.replace(/#\d+\)$/, ')'), line: 0, column: 0 }
}

async function expectSameEnd(job: ScriptJob, host: ScriptHost = async () => null): Promise<void> {
  attempts.length = 0
  await engine.run(job, host).catch((error: unknown) => {
    if (!(error instanceof ScriptError)) throw error
  })
  const [attempt] = attempts
  if (attempt === undefined) throw new Error('the script did not run')
  const original = await pool.run(attempt, attempt.cpuMs)
  const covered = await pool.run(withCounters(attempt), attempt.cpuMs)
  expect(visible(covered.outcome)).toEqual(visible(original.outcome))
  expect(original.hits).toBeUndefined()
}

function sourcesIn(folder: string): [name: string, source: string][] {
  const root = join(import.meta.dirname, '..', '..', folder)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .map((path) => [`${folder}/${path}`, readFileSync(join(root, path), 'utf8')])
}

const exported = exportNames.flatMap((name) =>
  readExport(name).scripts.map((script): [string, string] => [`${name}: ${script.name}`, script.source]),
)
const stored = [
  ...sourcesIn('samples'),
  ...sourcesIn('test/fixtures'),
  ...[...builtInScripts.values()].map(({ name, source }): [string, string] => [name, source]),
  ...exported,
]
const scripts = [...new Map(stored.map(([name, source]) => [source, name]))].map(([source, name]) => ({
  name,
  source,
}))

const kinds: readonly ScriptKind[] = [
  'decision',
  'legacyDecision',
  'config',
  'customNode',
  'transformation',
  'legacyTransformation',
]

/** Random scripts may not see the text of functions, which contains counters. */
const textless = "Function.prototype.toString = function () { return 'function' };"

const job = fc.record({
  kind: fc.constantFrom(...kinds),
  state: fc.record({
    shared: fc.dictionary(
      fc.constantFrom('username', 'mail', 'objectAttributes', 'count'),
      fc.jsonValue(),
    ) as fc.Arbitrary<ScriptJob['state']['shared']>,
    secure: fc.constant({}),
    transient: fc.constant({}),
  }),
  callbacks: fc.constantFrom<ScriptJob['callbacks']>(
    [],
    [{ type: 'NameCallback', output: {}, input: { IDToken1: 'alex' } }],
    [{ type: 'ConfirmationCallback', output: {}, input: { IDToken1: 1 } }],
  ),
  resumedFromSuspend: fc.boolean(),
})

test('measures all scripts of samples, fixtures and exports that compile', async () => {
  expect(scripts.length).toBeGreaterThan(15)
  for (const { name, source } of scripts) {
    const compiles = (await engine.check(name, source)).length === 0
    expect({
      name,
      isMeasured: instrumented(source, '$main').source !== source || !/\w/.test(uncommented(source)),
    }).toEqual({
      name,
      isMeasured: compiles,
    })
  }
})

describe('a script with counters takes the path of the original', () => {
  test('for all scripts of samples, fixtures and exports', async () => {
    await fc.assert(
      fc.asyncProperty(job, async (changes) => {
        for (const { name, source } of scripts) await expectSameEnd(scriptJob(source, { name, ...changes }))
      }),
      { numRuns: 3 },
    )
  })

  test('for random scripts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), randomScript, randomScript, async (kind, first, second) => {
        await expectSameEnd(scriptJob(`${textless}${first}\n${second}\n;0`, { kind }))
      }),
      { numRuns: 300 },
    )
  })

  test('for random scripts with libraries', async () => {
    await fc.assert(
      fc.asyncProperty(randomScript, randomScript, async (library, script) => {
        const source = `${textless}var lib = require('lib')\n${script}\noutcome = String(Object.keys(lib))`
        await expectSameEnd(scriptJob(source, { libraries: { lib: `exports.a = 1\n${library}` } }))
      }),
      { numRuns: 100 },
    )
  })
})
