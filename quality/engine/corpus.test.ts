import { beforeAll, describe, expect, test } from 'vitest'
import { budgets } from '../budgets.ts'
import { type Debt, readDebts, readSnippets } from './corpus.ts'
import { agrees, type Differences, findDifferences } from './differences.ts'
import { runInSandbox, type SandboxRun } from './sandbox-runs.ts'

// After a change of the sandbox or the linter: `node quality/engine/record.ts --debts`. The lists may only shrink,
// except for new snippets: `quality/budgets.ts` has their lengths.

let runs: SandboxRun[]
let runsAsVendor: SandboxRun[]
let found: Differences
beforeAll(async () => {
  const snippets = readSnippets()
  // Each has an engine with a worker of its own.
  ;[runs, runsAsVendor] = await Promise.all([runInSandbox(snippets), runInSandbox(snippets, true)])
  found = await findDifferences(runs, runsAsVendor)
  // 12,000 runs, each with a worker: a third of a minute on an idle machine, and more beside other work.
}, 240_000)

test('the sandbox differs from the vendor’s engine only where the linter warns or a walk is refused, or in a known debt', async () => {
  const known = readDebts('debts.tsv')
  expect(leftOut(found.debts, known), 'new differences').toEqual([])
  expect(leftOut(known, found.debts), 'debts that are paid: remove them').toEqual([])
  expect(known.length).toBeLessThanOrEqual(budgets.scriptDebts)
  expect((await findDifferences(runs)).debts.length).toBeLessThanOrEqual(budgets.scriptDebtsOfLint)
})

test('the linter warns only where the sandbox differs, or in a known false warning', () => {
  const known = readDebts('false-warnings.tsv')
  expect(leftOut(found.falseWarnings, known), 'new false warnings').toEqual([])
  expect(leftOut(known, found.falseWarnings), 'warnings that are gone: remove them').toEqual([])
  expect(known.length).toBeLessThanOrEqual(budgets.falseWarnings)
})

describe('as on the vendor’s engine', () => {
  test('a snippet differs in silence only if it does without this option, too', async () => {
    const { debts } = await findDifferences(runsAsVendor)
    expect(leftOut(debts.map(placeOf), found.debts.map(placeOf))).toEqual([])
  })

  test('a snippet that runs alike runs, except those of false warnings', () => {
    const refused = runsAsVendor.filter(
      (run, at) => !agrees(run) && runs[at] !== undefined && agrees(runs[at]),
    )
    const places = refused.map(({ snippet, form }) => ({ text: snippet.text, form }))
    expect(leftOut(places, found.falseWarnings.map(placeOf))).toEqual([])
  })

  test('more snippets have the recorded result', () => {
    expect(runsAsVendor.filter(agrees).length).toBeGreaterThan(runs.filter(agrees).length + 200)
  })
})

const placeOf = ({ text, form }: Debt) => ({ text, form })

/** Lines of `list` that `other` doesn't have. */
function leftOut<T>(list: readonly T[], other: readonly T[]): string[] {
  const lines = new Set(other.map((line) => JSON.stringify(line)))
  return list.map((line) => JSON.stringify(line)).filter((line) => !lines.has(line))
}
