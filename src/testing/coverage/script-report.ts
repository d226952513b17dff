import { lintedRealm } from '../../journeys/lint/linted-realm.ts'
import { usedScripts } from '../../journeys/lint/used-scripts.ts'
import type { RealmConfiguration } from '../../journeys/revision.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import type { CoveredScript, MeasuredScript } from '../../sandbox/script-coverage.ts'
import { type Count, countOf, sumOf } from './outcome-report.ts'

/** `branches` counts each way that a branch can take. */
export type ScriptTotals = { lines: Count; statements: Count; branches: Count }

export type ScriptCoverageEntry = CoveredScript & {
  totals: ScriptTotals
  /** Runs that executed a statement of the line, by line number. */
  lines: { line: number; hits: number }[]
  /** The journeys with a reachable node that uses the script, directly or through a library. */
  journeys: string[]
}

export type ScriptReport = {
  totals: ScriptTotals
  scripts: ScriptCoverageEntry[]
  /** Scripts that no journey uses and no walk ran. Not part of the totals. */
  unused: { id: string; name: string }[]
}

type ScriptConfiguration = Omit<RealmConfiguration, 'realm'>

/** The scripts and custom nodes of a configuration that can be measured. */
export function measuredScripts({
  scripts,
  customNodeTypes,
}: Pick<ScriptConfiguration, 'scripts' | 'customNodeTypes'>): MeasuredScript[] {
  return [
    ...scripts
      .filter(({ language }) => language !== 'GROOVY')
      .map(({ id, name, source, context }) => ({ id, name, source, isLibrary: context === 'LIBRARY' })),
    ...customNodeTypes.map((type) => ({
      id: customNodeTypeId(type),
      name: type.displayName,
      source: type.script,
    })),
  ]
}

/** @param covered the report of a measurement that knows {@link measuredScripts}. */
export function scriptReport(
  configuration: ScriptConfiguration,
  covered: readonly CoveredScript[],
): ScriptReport {
  const users = usersOf(configuration)
  const groovy = configuration.scripts.filter(({ language }) => language === 'GROOVY').map(asUnmeasured)
  const entries = [...covered, ...groovy].map((script) => entryOf(script, users.get(script.id) ?? []))
  const isUsed = ({ journeys, runs }: ScriptCoverageEntry) => journeys.length > 0 || runs > 0
  const scripts = entries.filter(isUsed)
  return {
    totals: scriptTotalsOf(scripts),
    scripts,
    unused: entries.filter((entry) => !isUsed(entry)).map(({ id, name }) => ({ id, name })),
  }
}

export function scriptTotalsOf(scripts: readonly Pick<ScriptCoverageEntry, 'totals'>[]): ScriptTotals {
  return {
    lines: sumOf(scripts.map(({ totals }) => totals.lines)),
    statements: sumOf(scripts.map(({ totals }) => totals.statements)),
    branches: sumOf(scripts.map(({ totals }) => totals.branches)),
  }
}

function entryOf(script: CoveredScript, journeys: string[]): ScriptCoverageEntry {
  const lines = linesOf(script)
  const ways = script.branches.flatMap(({ hits }) => hits)
  return {
    ...script,
    totals: {
      lines: countHits(lines),
      statements: countHits(script.statements),
      branches: countHits(ways.map((hits) => ({ hits }))),
    },
    lines,
    journeys,
  }
}

function countHits(items: readonly { hits: number }[]): Count {
  return countOf(items.map(({ hits }) => ({ visits: hits })))
}

/** A line with several statements counts like the one that ran most. */
function linesOf({ statements }: CoveredScript): { line: number; hits: number }[] {
  const lines = new Map<number, number>()
  for (const { line, hits } of statements) lines.set(line, Math.max(hits, lines.get(line) ?? 0))
  return [...lines].map(([line, hits]) => ({ line, hits })).toSorted((one, other) => one.line - other.line)
}

/** The journeys that use each script, by the id of the script. */
function usersOf(configuration: ScriptConfiguration): ReadonlyMap<string, string[]> {
  const typeNamed = typesWith(configuration.customNodeTypes)
  const nothing = { documents: [], forAgents: [], reports: new Map() }
  const realm = lintedRealm({ ...configuration, ...nothing, realm: '/', typeNamed })
  const users = new Map<string, string[]>()
  for (const { _id: name } of configuration.journeys) {
    const journey = realm.journey(name)
    for (const { script } of journey === undefined ? [] : usedScripts(journey, realm))
      users.set(script.id, [...(users.get(script.id) ?? []), name])
  }
  return users
}

function asUnmeasured({ id, name }: { id: string; name: string }): CoveredScript {
  const problem = 'Groovy scripts do not run here'
  return { id, name, hash: '', isLibrary: false, runs: 0, statements: [], branches: [], problem }
}
