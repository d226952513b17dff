import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { OutcomeCounter } from '../coverage/outcome-counter.ts'
import { type OutcomeReport, uncoveredOutcomes } from '../coverage/outcome-report.ts'
import type { Project } from '../project/project.ts'
import type { Person } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { chosenTrails } from './choose.ts'
import { type Explored, Explorer } from './explorer.ts'
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
  const share = budgetMs / journeys.length / (withStubs ? 2 : 1)
  const explorer = await Explorer.open(project, project.bundle, hosts)
  const counter = new OutcomeCounter(project.bundle)
  const covered = new Set<string>()
  const found: ExploredJourney[] = []
  try {
    for (const journey of journeys) {
      const explored = await explorer.explore(journey, performance.now() + share, { patience })
      for (const { spot } of explored.trails) counter.add(spot.steps)
      found.push({ ...explored, chosen: chosenTrails(explored.trails, covered), stubbed: [] })
    }
  } finally {
    await explorer.close()
  }
  const report = counter.report()
  const stubs = withStubs ? stubsFor(project.bundle, report) : new Map<string, string[]>()
  const stubbed =
    stubs.size === 0 ? found : await exploreStubs(project, found, { hosts, stubs, covered, share, patience })
  const { people } = explorer
  return {
    people,
    journeys: stubbed,
    report,
    forks: explorer.forks,
    milliseconds: performance.now() - startedAt,
  }
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
  from: {
    hosts: WorldHosts
    stubs: Map<string, string[]>
    covered: Set<string>
    share: number
    patience: number | undefined
  },
): Promise<ExploredJourney[]> {
  const { hosts, stubs, covered, share, patience } = from
  const explorer = await Explorer.open(project, withStubPages(project.bundle, stubs), hosts)
  const all: ExploredJourney[] = []
  try {
    for (const each of found) {
      const { trails } = await explorer.explore(each.journey, performance.now() + share, { patience })
      all.push({ ...each, stubbed: chosenTrails(trails, covered) })
    }
  } finally {
    await explorer.close()
  }
  return all
}
