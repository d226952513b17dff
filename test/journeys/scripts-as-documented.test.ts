import { afterAll, beforeAll, expect, test } from 'vitest'
import { scriptSchema } from '../../src/scripts/script.ts'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { startJourney } from '../support/wire.ts'

let server: TestServer

type Given = { id: string; source: string; context?: string; version?: '1.0' | '2.0' }

async function saveScript(
  stores: Stores,
  { id, source, context = 'AUTHENTICATION_TREE_DECISION_NODE', version = '1.0' }: Given,
) {
  const script = scriptSchema.parse({ id, name: id, source, context, evaluatorVersion: version })
  await stores.scripts.save('/alpha', script)
}

async function saveDecision(stores: Stores, name: string, outputs: string[]) {
  await saveJourney(stores, name, {
    decide: {
      type: 'ScriptedDecisionNode',
      config: { script: name, outcomes: ['next'], inputs: ['*'], outputs },
      to: { next: 'success' },
    },
  })
}

const declared: Record<string, string[]> = {
  AnyAndMode: ['*', 'mode'],
  ModeAndAny: ['mode', '*'],
  ModeAlone: ['mode'],
}

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const [name, outputs] of Object.entries(declared)) {
      await saveScript(stores, { id: name, source: 'sharedState.put("other", "x"); outcome = "next"' })
      await saveDecision(stores, name, outputs)
    }
    await saveScript(stores, {
      id: 'tools',
      source: 'function next() { return "next" }\nexports.outcome = () => this.next()',
      context: 'LIBRARY',
      version: '2.0',
    })
    await saveScript(stores, {
      id: 'UsesThis',
      source: 'action.goTo(require("tools").outcome())',
      version: '2.0',
    })
    await saveDecision(stores, 'UsesThis', ['*'])
  })
})

afterAll(() => server.stop())

test.each(['AnyAndMode', 'ModeAndAny'])(
  '%s: a script with * among its outputs need not write the others',
  async (name) => {
    expect((await startJourney(server.url, name)).status).toBe(200)
  },
)

test('without *, a script must write all declared outputs', async () => {
  expect((await startJourney(server.url, 'ModeAlone')).status).toBe(401)
  const reasons = logLines(server).map((line) => JSON.stringify(line))
  expect(reasons.join()).toContain('Script did not provide all declared outputs')
})

test('a library finds its own functions through `this`', async () => {
  expect((await startJourney(server.url, 'UsesThis')).status).toBe(200)
})
