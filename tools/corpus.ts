import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { failureId, successId } from '../src/engine/journey.ts'
import type { Bundle } from '../src/journeys/exchange/bundle.ts'
import { placesOf } from '../src/journeys/exchange/places.ts'
import { membersOf } from '../src/journeys/exchange/references.ts'
import { nodeTypeNamed } from '../src/nodes/catalogue.ts'
import { endKeys, shownBy } from '../src/testing/explore/choose.ts'
import { exploreProject } from '../src/testing/explore/explore-project.ts'
import { type Project, projectSchema } from '../src/testing/project/project.ts'
import { WorldHosts } from '../src/testing/world/world-host.ts'
import { type Measured, measure } from './journey-coverage.ts'

// Imports every export of a folder with its companions, explores each journey, and prints how much of it runs:
// node tools/corpus.ts FOLDER

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Usage: node tools/corpus.ts FOLDER')
  process.exit(2)
}
process.env.SIDEGATE_JOURNEYS = resolve(folder)
const { exportNames, readExport, pathsOfExport } = await import('../test/support/exports-folder.ts')

type Status = 'runs' | 'stand-in' | 'missing'

/** One export: its journeys, the types in them, and what exploring reached. */
type Row = Pick<Measured, 'name' | 'isImported' | 'isRoundTrip'> & {
  types: ReadonlyMap<string, Status>
  journeys: number
  /** Journeys of which every end that their connections lead to was reached. */
  walked: number
  /** Journeys of which an end was reached. */
  ending: number
  /** Ends that were not reached, by journey. */
  open: string[]
  /** Scripts and other things that the files refer to and don't have. */
  unreadable: number
}

const realm = '/alpha'
const budgetMs = 4000

const hosts = new WorldHosts()
const scratch = mkdtempSync(join(tmpdir(), 'sidegate-corpus-'))
const rows: Row[] = []
try {
  for (const name of exportNames) rows.push(await rowOf(name))
} finally {
  await hosts.close()
  rmSync(scratch, { recursive: true, force: true })
}
print(rows)

async function rowOf(name: string): Promise<Row> {
  const measured = await measure(join(resolve(folder ?? ''), name), join(scratch, String(rows.length)))
  const bundle = readExport(name)
  const { open, ending } = await endsOf(name, bundle)
  return {
    name,
    isImported: measured.isImported,
    isRoundTrip: measured.isRoundTrip,
    types: typesIn(bundle),
    journeys: bundle.journeys.length,
    walked: bundle.journeys.length - open.length,
    ending,
    open,
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
async function endsOf(name: string, bundle: Bundle): Promise<Pick<Row, 'open' | 'ending'>> {
  const names = bundle.journeys.map(({ _id }) => _id)
  const { settings: _none, ...settings } = projectSchema.parse({})
  const project: Project = {
    folder: '.',
    settings: { ...settings, settings: {} },
    realm,
    bundle,
    places: placesOf(pathsOfExport(name), { realm }),
  }
  const { journeys } = await exploreProject(project, {
    hosts,
    journeys: names,
    budgetMs: budgetMs * names.length,
    withStubs: true,
  })
  const reached = new Set(
    journeys.flatMap(({ chosen, stubbed, trails }) => [...trails, ...chosen, ...stubbed].flatMap(shownBy)),
  )
  const ending = names.filter((journey) => endKeys(journey).some((end) => reached.has(end))).length
  const open = bundle.journeys.flatMap((journey) => {
    const targets = new Set(
      Object.values(journey.nodes).flatMap(({ connections }) => Object.values(connections)),
    )
    const [success = '', failure = ''] = endKeys(journey._id)
    const left = [
      ...(targets.has(successId) && !reached.has(success) ? ['success'] : []),
      ...(targets.has(failureId) && !reached.has(failure) ? ['failure'] : []),
    ]
    return left.length === 0 ? [] : [`${journey._id}: ${left.join(' and ')} not reached`]
  })
  return { open, ending }
}

function print(all: readonly Row[]): void {
  const of = (count: number, total: number) => `${count} of ${total}`
  const sum = (numberOf: (row: Row) => number) => all.reduce((total, row) => total + numberOf(row), 0)
  const types = new Map(all.flatMap(({ types }) => [...types]))
  const withStatus = (status: Status) =>
    [...types].filter(([, each]) => each === status).map(([type]) => type)
  console.log('| | |\n| --- | --- |')
  console.log(
    `| exports that import | ${of(all.filter(({ isImported }) => isImported).length, all.length)} |`,
  )
  console.log(
    `| exports that a second import and export leave as they are, byte for byte | ${of(all.filter(({ isRoundTrip }) => isRoundTrip).length, all.length)} |`,
  )
  console.log(
    `| journeys that walk to an end | ${of(
      sum(({ ending }) => ending),
      sum(({ journeys }) => journeys),
    )} |`,
  )
  console.log(
    `| journeys that walk to all their ends | ${of(
      sum(({ walked }) => walked),
      sum(({ journeys }) => journeys),
    )} |`,
  )
  console.log(`| node types that run | ${of(withStatus('runs').length, types.size)} |`)
  console.log(`| node types that are stand-ins | ${withStatus('stand-in').length} |`)
  console.log(`| node types that are missing | ${withStatus('missing').length} |`)
  for (const status of ['stand-in', 'missing'] as const) {
    console.log(`\n${status}: ${withStatus(status).toSorted().join(', ') || 'none'}`)
  }
  for (const { name, open, unreadable, isImported } of all) {
    const lines = [
      ...(isImported ? [] : ['not imported']),
      ...(unreadable === 0 ? [] : [`${unreadable} scripts without their source in the files`]),
      ...open,
    ]
    for (const line of lines) console.log(`${name}: ${line}`)
  }
}
