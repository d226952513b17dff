import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { OutcomeCounter } from '../coverage/outcome-counter.ts'
import type { NodeCoverage, OutcomeCoverage, OutcomeReport } from '../coverage/outcome-report.ts'
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
  const explored = withStubs
    ? await exploreStubs(project, found, { budget, until: startedAt + budgetMs, report, covered })
    : found
  return { people, journeys: explored, report, forks, milliseconds: performance.now() - startedAt }
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
    const explorer = await Explorer.open(project, { hosts, prepared })
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

/**
 * Explores with stubs: at first only for nodes that were entered and never left, so that all others run, and then for all
 * nodes with an unreached connection.
 */
async function exploreStubs(
  project: Project,
  found: readonly ExploredJourney[],
  {
    budget,
    until,
    report,
    covered,
  }: { budget: Budget; until: number; report: OutcomeReport; covered: Set<string> },
): Promise<ExploredJourney[]> {
  const names = found.map(({ journey }) => journey)
  let explored = [...found]
  for (const [round, isStubbed] of stubRounds.entries()) {
    const stubs = stubsFor(project.bundle, report, isStubbed)
    if (stubs.size === 0) continue
    // Rounds share what earlier ones have left.
    const budgetMs = (until - performance.now()) / (stubRounds.length - round)
    const bundle = withStubPages(project.bundle, stubs)
    const { all } = await exploreAll(project, bundle, names, { ...budget, budgetMs })
    explored = explored.map((each, place) => ({
      ...each,
      stubbed: [...each.stubbed, ...chosenTrails(all[place]?.trails ?? [], covered)],
    }))
  }
  return explored
}

/** Whether to stub a node, by the visits of its connected outcomes without stubs. */
const stubRounds: readonly ((node: NodeCoverage, connected: readonly OutcomeCoverage[]) => boolean)[] = [
  (node, connected) => node.visits > 0 && connected.every(({ visits }) => visits === 0),
  (_node, connected) => connected.some(({ visits }) => visits === 0),
]

/** Ids of nodes to stub, and all their outcomes. */
function stubsFor(
  { journeys }: Bundle,
  report: OutcomeReport,
  isStubbed: (typeof stubRounds)[number],
): Map<string, string[]> {
  const placed = new Map(journeys.flatMap(({ nodes }) => Object.entries(nodes)))
  const nodes = report.journeys.flatMap((journey) => journey.nodes)
  return new Map(
    nodes.flatMap((node): [string, string[]][] => {
      const { connections = {} } = placed.get(node.id) ?? {}
      const connected = node.outcomes.filter(({ id }) => Object.hasOwn(connections, id))
      const isLeft = connected.length > 0 && isStubbed(node, connected)
      return isLeft ? [[node.id, Object.keys(connections)]] : []
    }),
  )
}
