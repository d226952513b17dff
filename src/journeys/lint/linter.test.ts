import { beforeEach, expect, test } from 'vitest'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { scriptSchema } from '../../scripts/script.ts'
import { journeyDocumentSchema } from '../journey-document.ts'
import { createLinter, type LintSources } from './linter.ts'

const used = customNodeTypeSchema.parse({
  serviceName: 'used',
  displayName: 'Used',
  outcomes: ['a'],
  script: 'used',
})
const unused = customNodeTypeSchema.parse({
  serviceName: 'unused',
  displayName: 'Unused',
  outcomes: ['a'],
  script: 'unused',
})

const journeys = ['One', 'Two'].map((_id) =>
  journeyDocumentSchema.parse({
    _id,
    entryNodeId: 'n',
    nodes: { n: { nodeType: 'designer-used', displayName: 'Node', connections: {} } },
  }),
)

/** What findings depend on, and how often all journeys were read. */
let state: { version: number; values: object; reads: number }
beforeEach(() => {
  state = { version: 1, values: {}, reads: 0 }
})

function linter(checkScript: LintSources['checkScript']) {
  // Only the members that the linter reads.
  const sources = {
    configuration: {
      version: async () => state.version,
      async journeys() {
        state.reads++
        return journeys
      },
      nodes: async () => [],
    },
    placeholders: {
      inRealm: () => () => undefined,
      get state() {
        return state.values
      },
    },
    scripts: { all: async () => [] },
    customNodes: { all: async () => [used, unused] },
    documents: { all: async () => [] },
    realms: { read: async () => undefined },
    checkScript,
    findIncompatibilities: async () => [],
    findNames: async () => ({ unknown: [], outcomes: [] }),
  } as unknown as LintSources
  return createLinter(sources)
}

test('checks a source once, and only if a named journey uses it', async () => {
  const checked: string[] = []
  await linter(async (_name, source) => {
    checked.push(source)
    return []
  })('/alpha')
  expect(checked).toEqual(['used'])
})

test('reports a script that the engine fails to check', async () => {
  const findings = await linter(async () => {
    throw new Error('it took too long')
  })('/alpha', ['One'])
  expect(findings?.find(({ rule }) => rule === 'script-syntax')).toMatchObject({
    journey: 'One',
    message: "Script 'Used' does not compile: line 1: it took too long.",
  })
})

test('returns undefined for an unknown journey', async () => {
  expect(await linter(async () => [])('/alpha', ['One', 'Three'])).toBeUndefined()
})

test('reports Groovy unless it only maps fields', async () => {
  const [context, language] = ['SOCIAL_IDP_PROFILE_TRANSFORMATION', 'GROOVY']
  const table = 'return json(object(field("id", rawProfile.sub)))'
  const scripts = [table, `def x = 1\n${table}`].map((source, place) =>
    scriptSchema.parse({ id: `s${place}`, name: `Script ${place}`, source, context, language }),
  )
  const journey = journeyDocumentSchema.parse({
    _id: 'Social',
    entryNodeId: 'n0',
    nodes: Object.fromEntries(
      ['n0', 'n1'].map((id) => [
        id,
        { nodeType: 'SocialProviderHandlerNode', displayName: id, connections: { NO_ACCOUNT: 'n1' } },
      ]),
    ),
  })
  const nodes = ['0', '1'].map((place) => ({
    id: `n${place}`,
    type: 'SocialProviderHandlerNode',
    version: '1.0',
    config: { script: `s${place}` },
  }))
  // Only the members that the linter reads.
  const sources = {
    configuration: { version: async () => 1, journeys: async () => [journey], nodes: async () => nodes },
    scripts: { all: async () => scripts },
    customNodes: { all: async () => [] },
    documents: { all: async () => [] },
    realms: { read: async () => undefined },
    checkScript: async () => [{ line: 1, message: 'not JavaScript' }],
    findIncompatibilities: async () => [],
    findNames: async () => ({ unknown: [], outcomes: [] }),
  } as unknown as LintSources
  const findings = await createLinter(sources)('/alpha')
  expect(findings?.filter(({ rule }) => rule === 'script-syntax').map(({ message }) => message)).toEqual([
    "Script 'Script 1' does not compile: line 1: it is in Groovy, which is supported only for mapping fields.",
  ])
})

test('does not report JavaScript as Groovy when a Groovy script has the same text', async () => {
  const source = 'outcome = "true"'
  const scripts = (['JAVASCRIPT', 'GROOVY'] as const).map((language) =>
    scriptSchema.parse({ id: language, name: language, source, context: 'DECISION', language }),
  )
  const journey = journeyDocumentSchema.parse({
    _id: 'Both',
    entryNodeId: 'JAVASCRIPT',
    nodes: Object.fromEntries(
      scripts.map(({ id }) => [
        id,
        { nodeType: 'ScriptedDecisionNode', displayName: id, connections: { true: 'GROOVY' } },
      ]),
    ),
  })
  const nodes = scripts.map(({ id }) => ({
    id,
    type: 'ScriptedDecisionNode',
    version: '1.0',
    config: { script: id, outcomes: ['true'] },
  }))
  // Only the members that the linter reads.
  const sources = {
    configuration: { version: async () => 1, journeys: async () => [journey], nodes: async () => nodes },
    scripts: { all: async () => scripts },
    customNodes: { all: async () => [] },
    documents: { all: async () => [] },
    realms: { read: async () => undefined },
    checkScript: async () => [],
    findIncompatibilities: async () => [],
    findNames: async () => ({ unknown: [], outcomes: [] }),
  } as unknown as LintSources
  const findings = await createLinter(sources)('/alpha')
  expect(findings?.filter(({ rule }) => rule === 'script-syntax').map(({ message }) => message)).toEqual([
    "Script 'GROOVY' does not compile: line 1: it is in Groovy, which is supported only for mapping fields.",
  ])
})

test('reads a realm again only after a change of its configuration or of variables', async () => {
  const lint = linter(async () => [])
  const first = await lint('/alpha')
  expect(await lint('/alpha')).toBe(first)
  expect(state.reads).toBe(1)
  await lint('/alpha', ['One'])
  await lint('/beta')
  expect(state.reads).toBe(3)
  state.version++
  expect(await lint('/alpha')).not.toBe(first)
  state.values = {}
  await lint('/alpha')
  expect(state.reads).toBe(5)
})

test('checks again what the engine failed to check, and names that are unknown', async () => {
  let hasFailed = false
  const lint = linter(async () => {
    if (hasFailed) return []
    hasFailed = true
    throw new Error('it took too long')
  })
  const syntax = async () => (await lint('/alpha', ['One']))?.filter(({ rule }) => rule === 'script-syntax')
  expect(await syntax()).toHaveLength(1)
  expect(await syntax()).toHaveLength(0)
  expect(await lint('/alpha', ['Nowhere'])).toBeUndefined()
  expect(await lint('/alpha', ['Nowhere'])).toBeUndefined()
  expect(state.reads).toBe(4)
})
