import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { failureId, successId } from '../src/engine/journey.ts'
import type { Bundle } from '../src/journeys/exchange/bundle.ts'
import { placesOf } from '../src/journeys/exchange/places.ts'
import { membersOf } from '../src/journeys/exchange/references.ts'
import { nodeTypeNamed } from '../src/nodes/catalogue.ts'
import { OutcomeCounter } from '../src/testing/coverage/outcome-counter.ts'
import { endKeys, shownBy } from '../src/testing/explore/choose.ts'
import { exploreProject } from '../src/testing/explore/explore-project.ts'
import type { Trail } from '../src/testing/explore/trail.ts'
import { type Project, projectSchema } from '../src/testing/project/project.ts'
import { WorldHosts } from '../src/testing/world/world-host.ts'
import { ratesOf, type ScriptRates } from './corpus-scripts.ts'
import { type Measured, measure } from './journey-coverage.ts'

// Imports every export of a folder with its companions, explores each journey, and prints how much of it runs:
// node tools/corpus.ts FOLDER [--scripts]
// With --scripts, it only lints and runs the decision scripts of the exports.

const [folder, only] = process.argv.slice(2)
if (folder === undefined || (only !== undefined && only !== '--scripts')) {
  console.error('Usage: node tools/corpus.ts FOLDER [--scripts]')
  process.exit(2)
}
process.env.SIDEGATE_JOURNEYS = resolve(folder)
const { exportNames, readExport, pathsOfExport } = await import('../test/support/exports-folder.ts')

type Status = 'runs' | 'stand-in' | 'missing'

/** One export: its journeys, the types in them, and what exploring reached. */
type Row = Pick<Measured, 'name' | 'isImported' | 'isRoundTrip'> & {
  types: ReadonlyMap<string, Status>
  journeys: number
  ends: JourneyEnds[]
  /** Scripts and other things that the files refer to and don't have. */
  unreadable: number
}

/** What exploring reached of one journey. An end is `success` or `failure`. */
type JourneyEnds = {
  journey: string
  isEnding: boolean
  /** Only with stubs, which decide for nodes that nothing else leads through. */
  stubbed: string[]
  /** Ends that were not reached. */
  open: string[]
  /** Ends that only nodes lead to that no connection from the entry leads to. */
  unreachable: string[]
  /** Names of nodes that need a service of somebody else, and that an administrator declares an outcome for. */
  standIns: string[]
}

const realm = '/alpha'
const budgetMs = 12_000
const ends = [
  { end: 'success', id: successId },
  { end: 'failure', id: failureId },
] as const

const hosts = new WorldHosts()
const scratch = mkdtempSync(join(tmpdir(), 'sidegate-corpus-'))
const rows: Row[] = []
try {
  if (only === undefined) for (const name of exportNames) rows.push(await rowOf(name))
} finally {
  await hosts.close()
  rmSync(scratch, { recursive: true, force: true })
}
if (only === undefined) print(rows)
printScripts(await ratesOf(exportNames.flatMap((name) => readExport(name).scripts)))

async function rowOf(name: string): Promise<Row> {
  const measured = await measure(join(resolve(folder ?? ''), name), join(scratch, String(rows.length)))
  const bundle = readExport(name)
  return {
    name,
    isImported: measured.isImported,
    isRoundTrip: measured.isRoundTrip,
    types: typesIn(bundle),
    journeys: bundle.journeys.length,
    ends: await endsOf(name, bundle),
    unreadable: bundle.findings.filter(({ kind }) => kind === 'unreadable').length,
  }
}

function typesIn({ journeys, nodes }: Bundle): Map<string, Status> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const members = journeys.flatMap((journey) => membersOf(journey, byId))
  return new Map(
    members.map(({ type, version }) => [
      version === '1.0' ? type : `${type} ${version}`,
      statusOf(type, version),
    ]),
  )
}

function statusOf(type: string, version: string): Status {
  if (type.startsWith('designer-')) return 'runs'
  const known = nodeTypeNamed(type, version)
  if (known === undefined) return 'missing'
  return known.standIn === undefined ? 'runs' : 'stand-in'
}

/** Explores the journeys, with stubs for nodes that lead no further. */
async function endsOf(name: string, bundle: Bundle): Promise<JourneyEnds[]> {
  const names = bundle.journeys.map(({ _id }) => _id)
  const { settings: _none, ...settings } = projectSchema.parse({})
  const project: Project = {
    folder: '.',
    settings: { ...settings, settings: {} },
    realm,
    bundle,
    places: placesOf(pathsOfExport(name), { realm }),
  }
  const { journeys, report } = await exploreProject(project, {
    hosts,
    journeys: names,
    budgetMs: budgetMs * names.length,
    withStubs: true,
  })
  const trails = journeys.flatMap((each) => [...each.trails, ...each.stubbed])
  const anyhow = reachedBy(trails, bundle)
  const unaided = reachedBy(
    trails.filter(({ stub }) => Object.keys(stub).length === 0),
    bundle,
  )
  return bundle.journeys.map((journey) => {
    const name = journey._id
    const targets = new Set(Object.values(journey.nodes).flatMap((node) => Object.values(node.connections)))
    const all = ends.filter(({ id }) => targets.has(id)).map(({ end }) => end)
    const led = report.journeys.find((each) => each.name === name)?.ends.map(({ end }) => end)
    const reachable = all.filter((end) => led?.includes(end))
    const reached = reachable.filter((end) => anyhow(name, end))
    return {
      journey: name,
      isEnding: endKeys(name).some((key) => trails.flatMap(shownBy).includes(key)),
      stubbed: reached.filter((end) => !unaided(name, end)),
      open: reachable.filter((end) => !reached.includes(end)),
      unreachable: all.filter((end) => !reachable.includes(end)),
      standIns: standInsOf(journey, bundle),
    }
  })
}

/** Tells which ends some trails reach: a success that signs a person in, and a failure that a connection leads to. */
function reachedBy(trails: readonly Trail[], bundle: Bundle) {
  const counter = new OutcomeCounter(bundle)
  for (const { spot } of trails) counter.add(spot.steps)
  const { journeys } = counter.report()
  const shown = new Set(trails.flatMap(shownBy))
  return (journey: string, end: 'success' | 'failure') =>
    end === 'success'
      ? shown.has(endKeys(journey)[0] ?? '')
      : journeys.some(
          ({ name, ends }) => name === journey && ends.some((each) => each.end === end && each.visits > 0),
        )
}

function standInsOf(journey: Bundle['journeys'][number], { nodes }: Bundle): string[] {
  const members = membersOf(journey, new Map(nodes.map((node) => [node.id, node])))
  const types = members.filter(({ type, version }) => statusOf(type, version) === 'stand-in')
  return [...new Set(types.map(({ type }) => type))]
}

function print(all: readonly Row[]): void {
  const types = new Map(all.flatMap((row) => [...row.types]))
  const withStatus = (status: Status) =>
    [...types].filter(([, each]) => each === status).map(([type]) => type)
  const journeys = all.flatMap(({ ends }) => ends)
  const count = (isCounted: (each: JourneyEnds) => boolean) => journeys.filter(isCounted).length
  const of = (some: number, total: number) => `${some} of ${total}`
  const imported = all.filter(({ isImported }) => isImported).length
  const roundTrips = all.filter(({ isRoundTrip }) => isRoundTrip).length
  const lines = {
    'exports that import': of(imported, all.length),
    'exports that a second import and export leave as they are, byte for byte': of(roundTrips, all.length),
    'journeys that walk to an end': of(
      count(({ isEnding }) => isEnding),
      journeys.length,
    ),
    'journeys that walk to all their ends': of(
      count(({ open }) => open.length === 0),
      journeys.length,
    ),
    'of them, journeys that need stubs for an end': count(
      ({ open, stubbed }) => open.length === 0 && stubbed.length > 0,
    ),
    'of them, journeys with an end that no connection from the entry leads to': count(
      ({ open, unreachable }) => open.length === 0 && unreachable.length > 0,
    ),
    'journeys with stand-ins': count(({ standIns }) => standIns.length > 0),
    'node types that run': of(withStatus('runs').length, types.size),
    'node types that are stand-ins': withStatus('stand-in').length,
    'node types that are missing': withStatus('missing').length,
  }
  console.log('| | |\n| --- | --- |')
  for (const [what, number] of Object.entries(lines)) console.log(`| ${what} | ${number} |`)
  for (const status of ['stand-in', 'missing'] as const) {
    console.log(`\n${status}: ${withStatus(status).toSorted().join(', ') || 'none'}`)
  }
  for (const row of all) for (const line of remarksOn(row)) console.log(`${row.name}: ${line}`)
}

function printScripts({ scripts, ...rates }: ScriptRates): void {
  console.log(`\n| decision scripts | ${scripts} |\n| --- | --- |`)
  for (const [what, count] of Object.entries(rates)) {
    console.log(`| ${what} | ${count} (${Math.round((100 * count) / Math.max(scripts, 1))} %) |`)
  }
}

function remarksOn({ isImported, unreadable, ends }: Row): string[] {
  const about = (journey: string, which: readonly string[], remark: string) =>
    which.length === 0 ? [] : [`${journey}: ${which.join(' and ')} ${remark}`]
  return [
    ...(isImported ? [] : ['not imported']),
    ...(unreadable === 0 ? [] : [`${unreadable} scripts without their source in the files`]),
    ...ends.flatMap(({ journey, stubbed, open, unreachable, standIns }) => [
      ...about(journey, open, 'not reached'),
      ...about(journey, stubbed, 'only with stubs'),
      ...about(journey, unreachable, 'unreachable: no connection from the entry leads there'),
      ...about(journey, standIns, 'only as stand-ins'),
    ]),
  ]
}
