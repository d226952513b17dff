import { relative } from 'node:path'
import type { RealmChoice } from '../journeys/exchange/choose-realm.ts'
import type { Finding as ReadingFinding } from '../journeys/exchange/finding.ts'
import { type Place, type Places, placesOf } from '../journeys/exchange/places.ts'
import { readFiles } from '../journeys/exchange/read-files.ts'
import type { Finding } from '../journeys/lint/finding.ts'
import { lintExport } from '../journeys/lint/linter.ts'
import { readingRules } from '../journeys/lint/reading-rules.ts'
import type { RuleText } from '../journeys/lint/rule.ts'
import { esvsOfFiles } from './esvs-of-files.ts'
import { type Allowances, withoutAllowed } from './lint-allowances.ts'
import type { LocatedFinding } from './located-finding.ts'
import { withScriptChecks } from './script-checks.ts'

export type LintedFiles = {
  findings: LocatedFinding[]
  /** Whether some of the files, or things in them, could not be checked. */
  isBroken: boolean
  /** The realms of the files, if there are several. One of them was checked. */
  realms: readonly string[]
  /** The number of findings that projects allow. */
  allowed: number
}

/** Checks the journeys of files and folders, in any layout that an import reads. Reads on after broken files. */
export async function lintFiles(
  paths: readonly string[],
  choice: RealmChoice,
  allowances: readonly Allowances[] = [],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<LintedFiles> {
  const broken: LocatedFinding[] = []
  const bundle = readFiles(paths, choice, (path, { message, detail }) => {
    const line = typeof detail?.line === 'number' ? detail.line : 1
    const place = { file: relative(process.cwd(), path), line }
    broken.push(about(readingRules.unreadableFile, message, place))
  })
  const places = placesOf(paths, choice)
  broken.push(...bundle.findings.flatMap((finding) => whileReading(finding, places)))
  if (bundle.journeys.length === 0 && broken.length === 0) {
    broken.push(about(readingRules.noJourneys, `No journeys in ${paths.join(', ')}`, undefined))
  }
  const found = await withScriptChecks((checks) =>
    lintExport(bundle, choice.realm, checks, esvsOfFiles(paths, environment)),
  )
  const findings = found.map((finding) => ({ ...finding, place: placeOf(finding, places) }))
  const names = new Map(
    bundle.journeys.flatMap(({ nodes }) =>
      Object.entries(nodes).map(([id, { displayName }]) => [id, displayName] as const),
    ),
  )
  return {
    ...withoutAllowed(withoutRepetitions([...broken, ...findings]), allowances, names),
    isBroken: broken.length > 0,
    realms: bundle.realms ?? [],
  }
}

/** A finding about files. `problem` is a sentence without its period. */
function about(rule: RuleText, problem: string, place: Place | undefined): LocatedFinding {
  const { id, severity, remedy } = rule
  const message = `${problem.replaceAll(`${process.cwd()}/`, '')}.`
  return { rule: id, severity, message, remedy, journey: undefined, place }
}

function whileReading({ kind, message, about: thing }: ReadingFinding, places: Places): LocatedFinding[] {
  const place = thing && places.thing(thing.kind, thing.id)
  if (kind === 'unreadable') return [about(readingRules.unreadableThing, message, place)]
  if (kind !== 'conflict') return []
  if (thing !== undefined) return [about(readingRules.differentCopies, message, place)]
  return [{ ...about(readingRules.noJourneys, message, place), remedy: 'Name the realm with --realm.' }]
}

function placeOf(finding: Finding, places: Places): Place | undefined {
  const { journey, nodeId, setting, outcome, scriptId, line } = finding
  if (scriptId !== undefined) return places.script(scriptId, line)
  if (nodeId === undefined) return places.journey(journey, setting)
  if (outcome !== undefined) return places.connection(journey, nodeId, outcome)
  return setting === undefined ? places.node(journey, nodeId) : places.setting(journey, nodeId, setting)
}

/** Journeys can share nodes and scripts. */
function withoutRepetitions(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const first = new Map<string, LocatedFinding>()
  for (const finding of findings) {
    const { rule, journey, message, place } = finding
    const key = JSON.stringify([rule, message, place ?? journey])
    if (!first.has(key)) first.set(key, finding)
  }
  return [...first.values()]
}
