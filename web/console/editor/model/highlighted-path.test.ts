import { expect, it } from 'vitest'
import type { RunStep } from '../../../api/runs.ts'
import { durationText, endOf } from './highlighted-path.ts'
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

it.each([
  [0, '< 0.1 ms'],
  [3.14, '3.1 ms'],
  [420.4, '420 ms'],
  [2500, '2.5 s'],
])('a duration of %d ms reads “%s”', (milliseconds, expected) => {
  expect(durationText(milliseconds)).toBe(expected)
})
