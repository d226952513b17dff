import { expect, test } from 'vitest'
import { journeyDocumentSchema } from '../journeys/journey-document.ts'
import { customNodeTypeSchema } from '../nodes/custom-node-type.ts'
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

function linter(checkScript: LintSources['checkScript']) {
  // Only what the linter reads is there.
  const sources = {
    configuration: { version: async () => 1, journeys: async () => journeys, nodes: async () => [] },
    scripts: { all: async () => [] },
    customNodes: { all: async () => [used, unused] },
    documents: { all: async () => [] },
    checkScript,
    findIncompatibilities: () => [],
  } as unknown as LintSources
  return createLinter(sources)
}

test('a source is checked once, and only if a journey in question runs it', async () => {
  const checked: string[] = []
  await linter(async (_name, source) => {
    checked.push(source)
    return []
  })('/alpha')
  expect(checked).toEqual(['used'])
})

test('a script that the engine gives up on is a finding and no failure', async () => {
  const findings = await linter(async () => {
    throw new Error('it took too long')
  })('/alpha', ['One'])
  expect(findings?.find(({ rule }) => rule === 'script-syntax')).toMatchObject({
    journey: 'One',
    message: "Script 'Used' does not compile: line 1: it took too long.",
  })
})

test('there are no findings about a journey that is not there', async () => {
  expect(await linter(async () => [])('/alpha', ['One', 'Three'])).toBeUndefined()
})
