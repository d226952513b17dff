import type { Count } from '../coverage/outcome-report.ts'
import { type MutantKind, mutantKinds } from './mutant.ts'
import type { MutantResult } from './run-mutants.ts'

/** The share of mutants that walks notice. Refused ones don't count. */
export type Score = {
  total: Count
  journeys: { name: string; count: Count }[]
  kinds: { kind: MutantKind; count: Count }[]
  refused: number
  /** Killed because they did not end. */
  endless: number
}

/** Counts results, journeys and kinds in the order of the configuration and of {@link mutantKinds}. */
export function scoreOf(results: readonly MutantResult[]): Score {
  const counted = results.filter(({ verdict }) => verdict !== 'refused')
  const journeys = Map.groupBy(counted, ({ mutant }) => mutant.journey)
  const kinds = Map.groupBy(counted, ({ mutant }) => mutant.kind)
  // An object with all kinds has their names as keys.
  const names = Object.keys(mutantKinds) as MutantKind[]
  return {
    total: countOf(counted),
    journeys: [...journeys].map(([name, all]) => ({ name, count: countOf(all) })),
    kinds: names.flatMap((kind) => {
      const all = kinds.get(kind)
      return all === undefined ? [] : [{ kind, count: countOf(all) }]
    }),
    refused: results.length - counted.length,
    endless: results.filter(({ verdict }) => verdict === 'endless').length,
  }
}

function countOf(results: readonly MutantResult[]): Count {
  return { covered: results.filter(({ verdict }) => verdict !== 'survived').length, total: results.length }
}
