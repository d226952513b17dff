import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { OutcomeCounter } from '../coverage/outcome-counter.ts'
import { type OutcomeReport, uncoveredOutcomes } from '../coverage/outcome-report.ts'
import type { Project } from '../project/project.ts'
import type { Person } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { chosenTrails } from './choose.ts'
import { type Explored, Explorer, prepareExploring } from './explorer.ts'
import { withStubPages } from './stub-pages.ts'
import type { Trail } from './trail.ts'

/** What exploring a project has found. */
export type Exploration = {
  people: Readonly<Record<string, Person>>
  journeys: readonly ExploredJourney[]
  /** Outcomes that were reached without stubs. */
  report: OutcomeReport
  forks: number
  milliseconds: number
}

export type ExploredJourney = Explored & {
  /** Few trails that show everything that was reached. */
  chosen: readonly Trail[]
  /** Trails with stubs for what was not reached. */
  stubbed: readonly Trail[]
}

type Options = {
  hosts: WorldHosts
  /** Names of the journeys to explore. */
  journeys: readonly string[]
  budgetMs: number
  /** Requests without a new outcome after which a journey is left. */
  patience?: number | undefined
  /** Whether to explore with stubs what can't be reached otherwise. */
  withStubs: boolean
}

/** Explores journeys of a project, each for its share of the time. */
export async function exploreProject(
  project: Project,
  { hosts, journeys, budgetMs, patience, withStubs }: Options,
): Promise<Exploration> {
  const startedAt = performance.now()
  const budget = { hosts, budgetMs: withStubs ? budgetMs / 2 : budgetMs, patience }
  const { all, people, forks } = await exploreAll(project, project.bundle, journeys, budget)
  const counter = new OutcomeCounter(project.bundle)
  const covered = new Set<string>()
  const found = all.map((explored) => {
    for (const { spot } of explored.trails) counter.add(spot.steps)
    return { ...explored, chosen: chosenTrails(explored.trails, covered), stubbed: [] }
  })
  const report = counter.report()
  const stubs = withStubs ? stubsFor(project.bundle, report) : new Map<string, string[]>()
  const stubbed = stubs.size === 0 ? found : await exploreStubs(project, found, { budget, stubs, covered })
  return { people, journeys: stubbed, report, forks, milliseconds: performance.now() - startedAt }
}

/** A request waits for scripts and password hashes for half of its time. */
const serversAtOnce = 2

type Budget = Pick<Options, 'hosts' | 'budgetMs' | 'patience'>

/** Explores journeys on several servers. The results have the order of the names. */
async function exploreAll(
  project: Project,
  bundle: Bundle,
  journeys: readonly string[],
  { hosts, budgetMs, patience }: Budget,
): Promise<{ all: Explored[]; people: Exploration['people']; forks: number }> {
  const waiting = [...journeys.entries()]
  const found = new Map<number, Explored>()
  const count = Math.max(1, Math.min(serversAtOnce, journeys.length))
  const prepared = await prepareExploring(project, bundle, hosts)
  const end = performance.now() + budgetMs
  /** The end of the time of a journey: what others have not used is shared by those that are left. */
  const until = (now: number) => now + ((end - now) * count) / (waiting.length + count)
  const exploreWaiting = async () => {
    const explorer = await Explorer.open(project, bundle, { hosts, prepared })
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [place, journey] = next
        found.set(place, await explorer.explore(journey, until(performance.now()), { patience }))
      }
      return explorer
    } catch (error) {
      waiting.length = 0
      throw error
    } finally {
      await explorer.close()
    }
  }
  try {
    const explorers = await allOrNone(Array.from({ length: count }, exploreWaiting))
    return {
      all: journeys.flatMap((_, place) => found.get(place) ?? []),
      people: explorers[0]?.people ?? {},
      forks: explorers.reduce((sum, { forks }) => sum + forks, 0),
    }
  } finally {
    prepared.remove()
  }
}

/** Like `Promise.all`, but waits for all to end before it throws. */
async function allOrNone<Value>(works: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(works)
  return Promise.all(works)
}

/** Nodes with an unreached connection, and all their outcomes. */
function stubsFor({ journeys }: Bundle, report: OutcomeReport): Map<string, string[]> {
  const nodes = new Map(journeys.flatMap(({ nodes }) => Object.entries(nodes)))
  const unreached = uncoveredOutcomes(report).flatMap(({ nodeId, outcome }) => {
    const { connections = {} } = nodes.get(nodeId) ?? {}
    return Object.hasOwn(connections, outcome) ? [[nodeId, Object.keys(connections)] as const] : []
  })
  return new Map(unreached.map(([id, outcomes]) => [id, [...outcomes]]))
}

async function exploreStubs(
  project: Project,
  found: readonly ExploredJourney[],
  { budget, stubs, covered }: { budget: Budget; stubs: Map<string, string[]>; covered: Set<string> },
): Promise<ExploredJourney[]> {
  const names = found.map(({ journey }) => journey)
  const { all } = await exploreAll(project, withStubPages(project.bundle, stubs), names, budget)
  return found.map((each, place) => ({
    ...each,
    stubbed: chosenTrails(all[place]?.trails ?? [], covered),
  }))
}
