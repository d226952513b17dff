import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import type { Json } from '../../src/base/json.ts'
import { createScriptEngine } from '../../src/sandbox/create-script-engine.ts'
import type { ScriptJob } from '../../src/sandbox/script-engine.ts'

/**
 * Runs the sample's custom node script in the script engine and in a fresh `node:vm` context, in alternating blocks. `node:vm`
 * is not a sandbox, but a familiar reference. It only gets the bindings that this script uses, as host objects; the engine has
 * all of them, and its own thread and memory.
 */
const sample = join(import.meta.dirname, '..', '..', 'samples', 'custom-nodes', 'set-front-channel-status')
const source = readFileSync(join(sample, 'script.js'), 'utf8')
const compiled = new vm.Script(source)
const properties = {
  journeyStatusKey: 'transaction:notify',
  journeyStatusProperty: 'journeyStatus',
  journeyStatusValue: 'User has entered their credentials',
}
const shared = {
  realm: '/alpha',
  authLevel: 0,
  username: 'alex',
  'customer._id': 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290',
  objectAttributes: { givenName: 'Alex', sn: 'Caller', mail: 'alex@example.com', note: 'x'.repeat(400) },
}
const expected = JSON.stringify({ journeyStatus: properties.journeyStatusValue })

const engine = createScriptEngine()

async function inEngine(): Promise<void> {
  const job: ScriptJob = {
    name: 'Set Front Channel Status',
    id: 'f207c4a117a7e51d4b6a8c9e2d3f1a57',
    context: 'NODE_DESIGNER',
    kind: 'customNode',
    source,
    libraries: {},
    state: { shared, secure: {}, transient: {} },
    callbacks: [],
    properties,
    request: { headers: { accept: ['*/*'] }, parameters: {}, cookies: {}, locales: ['en'] },
    resumedFromSuspend: false,
    realm: '/alpha',
    cookieName: 'iPlanetDirectoryPro',
    resumeUri: 'http://127.0.0.1/am/XUI/?suspendedId=x',
    journey: { name: 'Bench', identityResource: 'managed/alpha_user', innerJourney: false, mustRun: false },
  }
  const { action, writes } = await engine.run(job, async () => null)
  const [write] = writes
  check(action.outcome, write?.op === 'putShared' ? write.value : undefined)
}

function inContext(): void {
  const state: Record<string, Json> = JSON.parse(JSON.stringify(shared))
  const lines: string[] = []
  let outcome: string | undefined
  const context = vm.createContext({
    scriptName: 'Set Front Channel Status',
    properties: { ...properties },
    logger: { error: (line: string) => lines.push(line) },
    nodeState: {
      putShared(key: string, value: unknown) {
        state[key] = JSON.parse(JSON.stringify(value))
      },
    },
    action: {
      goTo(name: string) {
        outcome = name
      },
    },
  })
  compiled.runInContext(context)
  check(outcome, state[properties.journeyStatusKey])
}

function check(outcome: string | undefined, written: unknown): void {
  if (outcome !== 'Success' || JSON.stringify(written) !== expected)
    throw new Error('the script returned a wrong result')
}

const blocks = 30
const runsEach = 150

/** @returns median wall time, and CPU time, of one run in microseconds. */
async function block(run: () => void | Promise<void>): Promise<{ wall: number; cpu: number }> {
  const times: number[] = []
  const cpuBefore = process.cpuUsage()
  for (let count = 0; count < runsEach; count++) {
    const startedAt = performance.now()
    await run()
    times.push((performance.now() - startedAt) * 1000)
  }
  const { user, system } = process.cpuUsage(cpuBefore)
  times.sort((a, b) => a - b)
  return { wall: times[runsEach / 2] ?? Number.NaN, cpu: (user + system) / runsEach }
}

const done = []
for (let count = 0; count < 4; count++) {
  await block(inContext)
  await block(inEngine)
}
for (let count = 0; count < blocks; count++) {
  done.push({ context: await block(inContext), engine: await block(inEngine) })
}
console.log(JSON.stringify(done))
await engine.close()
