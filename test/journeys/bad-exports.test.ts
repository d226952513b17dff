import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JsonObject, jsonObjectSchema } from '../../src/base/json.ts'
import { failureId } from '../../src/engine/journey.ts'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import type { Plan } from '../../src/journeys/exchange/plan.ts'
import { multiExport } from '../../src/journeys/exchange/write-export.ts'
import { openAdministration } from '../support/administration.ts'
import { decision, inner, joined, journeyBundle, scriptOf } from '../support/small-bundle.ts'

// Whatever the import gets, the answer names the problem, and the realm is unchanged.

let am: Awaited<ReturnType<typeof openAdministration>>
beforeAll(async () => {
  am = await openAdministration()
  const present = journeyBundle(
    'Login',
    { decide: decision('s-1') },
    { scripts: [scriptOf('s-1', 'Mine', '1')] },
  )
  expect((await imported(JSON.stringify(multiExport(present)))).status).toBe(200)
})
afterAll(() => am.close())

const imported = (body: string | Buffer, query = '', headers = {}) =>
  am.sendRaw(`/realms/root/realms/alpha/journeys?_action=import${query}`, body, headers)

async function realmContent() {
  const { configuration, scripts, customNodes, documents } = am.stores
  return {
    version: await configuration.version(),
    journeys: await configuration.journeys('/alpha'),
    nodes: await configuration.nodes('/alpha'),
    scripts: await scripts.all('/alpha'),
    customNodes: await customNodes.all(),
    documents: await documents.all('/alpha'),
  }
}

const ask = { type: 'MessageNode' }
const whole = JSON.stringify(multiExport(journeyBundle('Whole', { ask }))).slice(0, -1)
const large = (megabytes: number) => `{"trees":{},"filler":"${' '.repeat(megabytes * 1_048_576)}"}`

/** Two journeys, each from an export of its own, in one file without any merging. */
function combined(one: Bundle, other: Bundle): string {
  const tree = (bundle: Bundle, key: string) => {
    const [journey] = Object.values(jsonObjectSchema.parse(multiExport(bundle).trees))
    return [key, jsonObjectSchema.parse(journey)] as const
  }
  return JSON.stringify({ trees: Object.fromEntries([tree(one, 'one'), tree(other, 'other')]) })
}

const sharing = (name: string, source: string) =>
  journeyBundle(name, { [name]: decision('s-2') }, { scripts: [scriptOf('s-2', 'Shared', source)] })

describe('an import rejects', () => {
  test.each<[string, string | Buffer, number, RegExp, Record<string, string>?]>([
    ['a truncated file', whole, 400, /not valid JSON/],
    ['a zip archive', Buffer.from('PK\u0003\u0004rest'), 400, /not valid JSON/],
    ['a zip bomb', gzipSync(large(200)), 415, /compressed/, { 'content-encoding': 'gzip' }],
    ['a zip bomb without its header', gzipSync(large(200)), 400, /not valid JSON/],
    ['50 MB', large(50), 413, /must not be larger than \d+ KB/],
    [
      'one id for two journeys',
      combined(journeyBundle('Twice', { ask }), journeyBundle('Twice', { other: ask })),
      400,
      /Journey 'Twice' exists twice, in journey 'one' and journey 'other', with different content/,
    ],
    [
      'one id for two nodes',
      combined(journeyBundle('One', { same: ask }), journeyBundle('Other', { same: inner('One') })),
      400,
      /Node 'same \(.+\)' exists twice/,
    ],
    [
      'two journeys that share a script with different texts',
      combined(sharing('One', 'outcome = "one"'), sharing('Other', 'outcome = "other"')),
      400,
      /Script 'Shared' exists twice, in journey 'one' and journey 'other', with different content/,
    ],
    [
      'a node with the id of another journey’s node of another type',
      JSON.stringify(multiExport(journeyBundle('Thief', { decide: ask }))),
      400,
      /Node decide \(MessageNode\) has the id of a node \(ScriptedDecisionNode\) of journey Login/,
    ],
  ])('%s', async (_what, body, status, message, headers = {}) => {
    const before = await realmContent()
    for (const query of ['', '&dryRun=false']) {
      const answer = await imported(body, query, headers)
      expect(answer.status).toBe(status)
      expect(answer.body.message).toMatch(message)
    }
    expect(await realmContent()).toEqual(before)
  })
})

describe('an import plans before it writes', () => {
  const failing = journeyBundle('Fails', {})
  const cases: [string, Bundle, string[]][] = [
    [
      'a cycle of inner journeys',
      joined(
        journeyBundle('A', { a: inner('B') }),
        journeyBundle('B', { b: inner('C') }),
        journeyBundle('C', { c: inner('A') }),
      ),
      ['Journeys enter each other in a cycle: A, B, C. A journey that runs through the cycle fails'],
    ],
    [
      'a journey that enters itself',
      journeyBundle('Self', { s: inner('Self') }),
      ['Journey Self enters itself. A journey that runs through the cycle fails'],
    ],
    ['a name with spaces and letters of other scripts', journeyBundle('Verify – 確認 (نسخة) ', { ask }), []],
    [
      'a journey that starts at Failure',
      {
        ...failing,
        journeys: failing.journeys.map((journey) => ({ ...journey, entryNodeId: failureId })),
      },
      ['Journey Fails always fails: it starts at Failure'],
    ],
    [
      'a journey with missing references',
      journeyBundle('Poor', { first: decision('gone'), second: inner('Nobody') }),
      [
        "Journey Poor needs script 'gone', which is neither in the files nor in the realm",
        "Journey Poor needs journey 'Nobody', which is neither in the files nor in the realm",
      ],
    ],
  ]

  test.each(cases)('%s', async (_what, bundle, findings) => {
    const before = await realmContent()
    const file: JsonObject = multiExport(bundle)
    const dry = await imported(JSON.stringify(file), '&dryRun=true')
    expect(dry.status).toBe(200)
    expect(planOf(dry.body)).toMatchObject({ isPossible: true, statuses: ['new'], findings })
    expect(await realmContent()).toEqual(before)
    expect((await imported(JSON.stringify(file))).status).toBe(200)
    const names = bundle.journeys.map(({ _id }) => _id)
    const after = await realmContent()
    expect(after.journeys.filter(({ _id }) => !names.includes(_id))).toEqual(before.journeys)
    const out = await am.send('POST', '/realms/root/realms/alpha/journeys?_action=export', {
      journeys: names,
    })
    const { findings: _said, ...written } = out.body
    expect(written).toEqual(JSON.parse(JSON.stringify(file)))
  })
})

/** The plan in an answer. */
function planOf(body: unknown) {
  const { isPossible, items, findings } = body as Plan
  const statuses = [...new Set(items.map(({ status }) => status))]
  return { isPossible, statuses, findings: findings.map(({ message }) => message) }
}
