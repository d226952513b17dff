import { join } from 'node:path'
import { counted } from '../base/counted.ts'
import { percentOf } from '../testing/coverage/outcome-report.ts'
import { type Exploration, type ExploredJourney, exploreProject } from '../testing/explore/explore-project.ts'
import { verdictOf } from '../testing/explore/verdicts.ts'
import { walkFileName } from '../testing/explore/walk-file-name.ts'
import { WalkWriter, type WrittenFile } from '../testing/explore/walk-writer.ts'
import { mutantKinds } from '../testing/mutate/mutant.ts'
import { type Score, scoreOf } from '../testing/mutate/score.ts'
import { strengthened } from '../testing/mutate/strengthened.ts'
import { type Project, shownPath } from '../testing/project/project.ts'
import type { WorldHosts } from '../testing/world/world-host.ts'
import type { Terminal } from './target.ts'

/** Requests without a new outcome after which a journey is left. */
const patience = 200

type Options = {
  hosts: WorldHosts
  /** At most, for each journey: once without and once with stubs. */
  requests: number
  /** Changes of the journeys that are tried on the walks, at most. */
  changes: number
  terminal: Terminal
  signal: AbortSignal
}

/** A journey with the number of its walks, and how it ends. */
type Drafted = { journey: string; verdict: string; written: WrittenFile | undefined }

/**
 * Explores a project and prints a summary by journey. The result depends on the number of requests, never on the time.
 * @returns the texts of walk files by their names in the project.
 */
export async function draftTests(
  project: Project,
  { hosts, requests, changes, terminal, signal }: Options,
): Promise<Map<string, string>> {
  const journeys = project.bundle.journeys.map(({ _id }) => _id)
  terminal.print(`Exploring ${counted(journeys.length, 'journey')} …`)
  const explored = await exploreProject(project, {
    ...{ hosts, journeys, requests, patience, signal },
    withStubs: true,
  })
  const writer = new WalkWriter(project, explored.people, hosts)
  const files = new Map<string, string>()
  const drafted: Drafted[] = []
  try {
    for (const journey of explored.journeys) {
      const name = join('tests', walkFileName(journey.journey))
      const ends = verdictOf(journey, explored.journeys, project.bundle)
      const { written, verdict } = await drafts(journey, { writer, name, project, ends, signal })
      drafted.push({ journey: journey.journey, verdict, written })
      if (written === undefined) continue
      files.set(name, written.text)
      terminal.print(`  ${name}  ${counted(written.walks, 'walk')}`)
    }
  } finally {
    await writer.close()
  }
  terminal.print(summaryOf(drafted, explored, requests))
  if (changes === 0) return files
  terminal.print('Looking for changes that these walks miss …')
  // Random values of walks follow from the path.
  const names = new Map([...files.keys()].map((name) => [shownPath(join(project.folder, name)), name]))
  const unwritten = new Map([...names].map(([path, name]) => [path, files.get(name) ?? '']))
  const strong = await strengthened(project, unwritten, { hosts, changes, signal })
  terminal.print(scoreText(scoreOf(strong.results)))
  return new Map([...strong.files].map(([path, text]) => [names.get(path) ?? path, text]))
}

/** The score of the walks, and what stands in the way of a better one. */
function scoreText({ total, kinds }: Score): string {
  const missed = kinds
    .map(({ kind, count }) => ({ name: mutantKinds[kind], open: count.total - count.covered }))
    .filter(({ open }) => open > 0)
    .toSorted((one, other) => other.open - one.open)
  const open = missed.map(({ name, open }) => `  ${open} × ${name}`)
  const what = open.length === 0 ? '' : '. They miss these, which npx sidegate mutate lists:'
  return [
    `Of ${counted(total.total, 'change')} in the journeys, the walks notice ${total.covered} (${percentOf(total) ?? 100} %)${what}`,
    ...open,
  ].join('\n')
}

type Drafting = { writer: WalkWriter; name: string; project: Project; ends: string; signal: AbortSignal }

async function drafts(
  explored: ExploredJourney,
  { writer, name, project, ends, signal }: Drafting,
): Promise<Omit<Drafted, 'journey'>> {
  const { journey, trails, chosen, stubbed } = explored
  const all = [...(chosen.length === 0 ? trails.slice(0, 1) : chosen), ...stubbed]
  try {
    const written = await writer.write(shownPath(join(project.folder, name)), journey, all, {
      skipsErrors: true,
      signal,
    })
    const unsteady = 'no test was written, because each run went another way'
    return { written, verdict: written === undefined && all.length > 0 ? `${ends}; ${unsteady}` : ends }
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    return { written: undefined, verdict: `${ends}; no test was written: ${reason}` }
  }
}

/** What the journeys do, the most frequent first. */
function summaryOf(
  drafted: readonly Drafted[],
  { journeys, refused }: Exploration,
  requests: number,
): string {
  const groups = [...Map.groupBy(drafted, ({ verdict }) => verdict)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  )
  const sum = (of: (file: WrittenFile) => number) =>
    drafted.reduce((total, { written }) => total + (written === undefined ? 0 : of(written)), 0)
  const complete = journeys.filter(({ isComplete }) => isComplete).length
  const more = complete === journeys.length ? '' : `: --budget ${requests * 4} tries more`
  const [written, skipped] = [sum((file) => file.walks), sum((file) => file.skipped)]
  return [
    '',
    ...groups.map(([verdict, all]) => `${all.map(({ journey }) => journey).join(', ')}: ${verdict}`),
    ...refused.map(({ attribute, reason }) => `The made-up people have no ${attribute}: ${reason}`),
    '',
    `Wrote ${counted(written, 'walk')}${skipped === 0 ? '' : `, of which ${skipped} are skipped, because they end with an error`}`,
    `Explored ${complete} of ${counted(journeys.length, 'journey')} completely${more}`,
  ].join('\n')
}
