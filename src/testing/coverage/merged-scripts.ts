import type { CoveredScript } from '../../sandbox/script-coverage.ts'

/** Adds up the coverage of the same scripts in several threads. */
export function mergedScripts(reports: readonly CoveredScript[][]): CoveredScript[] {
  const merged = new Map<string, CoveredScript>()
  for (const script of reports.flat()) {
    const key = `${script.id}\n${script.hash}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? script : sumOf(known, script))
  }
  return [...merged.values()]
}

/** Both have the same source, and therefore the same statements and branches. */
function sumOf(one: CoveredScript, other: CoveredScript): CoveredScript {
  return {
    ...one,
    runs: one.runs + other.runs,
    statements: one.statements.map((statement, at) => ({
      ...statement,
      hits: statement.hits + (other.statements[at]?.hits ?? 0),
    })),
    branches: one.branches.map((branch, at) => ({
      ...branch,
      hits: branch.hits.map((hits, way) => hits + (other.branches[at]?.hits[way] ?? 0)),
    })),
  }
}
