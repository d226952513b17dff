import { beforeAll, expect, test } from 'vitest'
import { budgets } from '../budgets.ts'
import { readDebts, readSnippets } from './corpus.ts'
import { type Differences, findDifferences } from './differences.ts'
import { runInSandbox } from './sandbox-runs.ts'

// After a change of the sandbox or the linter: `node quality/engine/record.ts --debts`. The lists may only shrink,
// except for new snippets: `quality/budgets.ts` has their lengths.

let found: Differences
beforeAll(async () => {
  found = findDifferences(await runInSandbox(readSnippets()))
})

test('the sandbox differs from the vendor’s engine only where the linter warns, or in a known debt', () => {
  const known = readDebts('debts.tsv')
  expect(leftOut(found.debts, known), 'new differences').toEqual([])
  expect(leftOut(known, found.debts), 'debts that are paid: remove them').toEqual([])
  expect(known.length).toBeLessThanOrEqual(budgets.scriptDebts)
})

test('the linter warns only where the sandbox differs, or in a known false warning', () => {
  const known = readDebts('false-warnings.tsv')
  expect(leftOut(found.falseWarnings, known), 'new false warnings').toEqual([])
  expect(leftOut(known, found.falseWarnings), 'warnings that are gone: remove them').toEqual([])
  expect(known.length).toBeLessThanOrEqual(budgets.falseWarnings)
})

/** Lines of `list` that `other` doesn't have. */
function leftOut<T>(list: readonly T[], other: readonly T[]): string[] {
  const lines = new Set(other.map((line) => JSON.stringify(line)))
  return list.map((line) => JSON.stringify(line)).filter((line) => !lines.has(line))
}
