import { OperationError } from '../../base/errors.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import type { TypeLookup } from '../../journeys/revision.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { OutcomeCounter } from '../coverage/outcome-counter.ts'
import type { OutcomeCoverage, OutcomeReport } from '../coverage/outcome-report.ts'
import type { Project } from '../project/project.ts'
import type { Person } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { acceptedPeople, type RefusedAttribute } from './accepted-people.ts'
import { chosenTrails, draftTrails } from './choose.ts'
import { type Explored, exploreJourney, type Limits, openExploring, prepareExploring } from './explorer.ts'
import { madeUpPeople } from './made-up-people.ts'
import { runsNode, withStubPages } from './stub-pages.ts'
import type { Trail } from './trail.ts'
import { stubTries } from './tries.ts'

/** What exploring a project has found. */
export type Exploration = {
  people: Readonly<Record<string, Person>>
  /** Attributes that the people should have had. */
  refused: readonly RefusedAttribute[]
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

type Options = Omit<Limits, 'until'> & {
  hosts: WorldHosts
  /** Names of the journeys to explore. */
  journeys: readonly string[]
  /** Time for all journeys. Default: any. */
  budgetMs?: number
  /** Whether to explore with stubs what can't be reached otherwise. */
  withStubs: boolean
}

/**
 * Explores journeys of a project, each within its limits and its share of the time. A journey that can't be explored has a
 * `failure`.
 * @throws OperationError for a configuration that can't be stored.
 */
export async function exploreProject(
  project: Project,
  { journeys, budgetMs = Infinity, withStubs, ...given }: Options,
): Promise<Exploration> {
  const startedAt = performance.now()
  const budget = { ...given, budgetMs: withStubs ? budgetMs / 2 : budgetMs }
  const { people, refused } = await peopleOf(project, given.hosts)
  const all = await exploreAll(project, { bundle: project.bundle, journeys, people }, budget)
  const counter = new OutcomeCounter(project.bundle)
  const covered = new Set<string>()
  const found = all.map((explored) => {
    for (const { spot } of explored.trails) counter.add(spot.steps)
    return { ...explored, chosen: draftTrails(explored.trails, covered), stubbed: [] }
  })
  const report = counter.report()
  const explored = withStubs ? await exploreStubs(project, found, { budget, report, covered, people }) : found
  const forks = explored.reduce((sum, each) => sum + each.forks, 0)
  return { people, refused, journeys: explored, report, forks, milliseconds: performance.now() - startedAt }
}

/** People for all journeys, without what the realm refuses. */
async function peopleOf(project: Project, hosts: WorldHosts) {
  const prepared = await prepareExploring(project, project.bundle, hosts)
  try {
    return await acceptedPeople(madeUpPeople(project.bundle, project.settings.settings), async (people) => {
      try {
        const world = await openExploring(project, { hosts, prepared, people })
        await world.close()
        return undefined
      } catch (error) {
        if (error instanceof OperationError) return error.message
        throw error
      }
    })
  } finally {
    prepared.remove()
  }
}

/** A request waits for scripts and password hashes for half of its time. */
const serversAtOnce = 2

type Budget = Omit<Limits, 'until'> & { hosts: WorldHosts; budgetMs: number }

type Explorable = {
  bundle: Bundle
  journeys: readonly string[]
  people: Readonly<Record<string, Person>>
}

/** Explores journeys on several servers. The results have the order of the names. */
async function exploreAll(
  project: Project,
  { bundle, journeys, people }: Explorable,
  { hosts, budgetMs, ...limits }: Budget,
): Promise<Explored[]> {
  const waiting = [...journeys.entries()]
  const found = new Map<number, Explored>()
  const count = Math.max(1, Math.min(serversAtOnce, journeys.length))
  const prepared = await prepareExploring(project, bundle, hosts)
  const end = performance.now() + budgetMs
  /** The end of the time of a journey: what others have not used is shared by those that are left. */
  const until = (now: number) =>
    budgetMs === Infinity ? Infinity : now + ((end - now) * count) / (waiting.length + count)
  const exploreWaiting = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, journey] = next
      const within = { ...limits, until: until(performance.now()) }
      const exploring = exploreJourney(project, journey, { hosts, prepared, people, limits: within })
      found.set(place, await exploring.catch((error: unknown) => failedToExplore(journey, error, limits)))
    }
  }
  try {
    await allOrNone(Array.from({ length: count }, exploreWaiting))
    return journeys.flatMap((_, place) => found.get(place) ?? [])
  } finally {
    prepared.remove()
  }
}

/** One journey must not stop the others. */
function failedToExplore(journey: string, error: unknown, { signal }: Limits): Explored {
  signal?.throwIfAborted()
  const failure = error instanceof Error ? error.message : String(error)
  return { journey, forks: 0, failure, trails: [], stuck: [], isComplete: false }
}

/** Like `Promise.all`, but waits for all to end before it throws. */
async function allOrNone<Value>(works: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(works)
  return Promise.all(works)
}

/**
 * Explores journeys with an outcome that no answer led to: each node whose outcome is missing runs or takes the outcome, so that
 * a trail has stubs only for nodes that it needs them for.
 */
async function exploreStubs(
  project: Project,
  found: readonly ExploredJourney[],
  { budget, report, covered, people }: StubOptions,
): Promise<ExploredJourney[]> {
  const stubs = unreachedOutcomes(report, typesWith(project.bundle.customNodeTypes))
  const bundle = withStubPages(project.bundle, stubs)
  const isOpen = ({ _id, nodes }: Bundle['journeys'][number]) =>
    found.some(({ journey, failure }) => journey === _id && failure === undefined) &&
    Object.keys(nodes).some((id) => stubs.has(id))
  const journeys = project.bundle.journeys.filter(isOpen).map(({ _id }) => _id)
  if (journeys.length === 0) return [...found]
  const all = await exploreAll(project, { bundle, journeys, people }, budget)
  const byName = new Map(all.map((each) => [each.journey, each]))
  return found.map((each) => {
    const { trails = [], forks = 0 } = byName.get(each.journey) ?? {}
    // Those with few stubs first.
    const whole = trails.filter(({ spot }) => !isAtNeededStub(spot))
    const byStubs = [...Map.groupBy(whole, ({ stub }) => Object.keys(stub).length)]
    const stubbed = byStubs
      .filter(([count]) => count > 0)
      .toSorted(([one], [other]) => one - other)
      .flatMap(([, some]) => chosenTrails(some, covered))
    return { ...each, forks: each.forks + forks, stubbed }
  })
}

/** Whether it waits for the outcome of a node that never runs. */
function isAtNeededStub({ shown }: Trail['spot']): boolean {
  return (
    shown.kind === 'page' && (stubTries(shown.page, undefined) ?? []).some(({ stub }) => stub?.[1].isNeeded)
  )
}

type StubOptions = {
  budget: Budget
  report: OutcomeReport
  covered: Set<string>
  people: Exploration['people']
}

/** Connected outcomes that no trail has taken, by node. A node of a known type can also run. */
function unreachedOutcomes({ journeys }: OutcomeReport, typeNamed: TypeLookup): Map<string, string[]> {
  return new Map(
    journeys.flatMap(({ nodes }) =>
      nodes.flatMap(({ id, type, outcomes }): [string, string[]][] => {
        const isMissing = ({ visits, leadsTo }: OutcomeCoverage) => visits === 0 && leadsTo !== undefined
        const missing = outcomes.filter(isMissing).map((each) => each.id)
        if (missing.length === 0) return []
        return [[id, typeNamed(type) === undefined ? missing : [runsNode, ...missing]]]
      }),
    ),
  )
}
