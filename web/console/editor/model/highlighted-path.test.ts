import { expect, it } from 'vitest'
import type { RunStep } from '../../../api/runs.ts'
import { endOf } from './highlighted-path.ts'
import { nodeTypeCatalogue } from './node-type-catalogue.ts'

const catalogue = nodeTypeCatalogue({
  result: [
    {
      type: 'DataStoreDecisionNode',
      version: '1.0',
      outcomes: [{ id: 'true', displayName: 'True' }],
    },
  ],
  families: [],
  categories: [],
} as unknown as Parameters<typeof nodeTypeCatalogue>[0])

it.each([
  ['DataStoreDecisionNode', 'true', 'True'],
  ['PageNode', 'cc79c658-9b92-49ce-b0d2-96c366b64df8-outcome', 'next'],
  ['ScriptedDecisionNode', 'known', 'known'],
])('a %s of another journey ends in %s as “%s”', (nodeType, outcome, expected) => {
  const step = { nodeId: 'elsewhere', nodeType, result: 'outcome', outcome } as RunStep
  expect(endOf(step, { nodeViews: new Map(), catalogue })).toBe(expected)
})
