import { failureId, innerJourneyOf, successId } from '../../engine/journey.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import {
  isEnd,
  type LintedJourney,
  type LintedNode,
  lintedJourney,
} from '../../journeys/lint/linted-journey.ts'
import type { RealmConfiguration } from '../../journeys/revision.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { configProvider } from '../../nodes/utilities/config-provider.ts'
import { innerTreeEvaluator } from '../../nodes/utilities/inner-tree-evaluator.ts'
import {
  countOf,
  type EndName,
  type JourneyCoverage,
  type NodeCoverage,
  type OutcomeReport,
  type OutcomeTotals,
  totalsOf,
} from './outcome-report.ts'

/** The configuration that walks are measured against. */
export type CoveredConfiguration = Pick<RealmConfiguration, 'journeys' | 'nodes' | 'customNodeTypes'>

/** A recorded node run. */
export type Visit = Pick<RecordedStep, 'journeys' | 'nodeId' | 'outcome' | 'result' | 'page'>

type Counted = { journey: LintedJourney; coverage: JourneyCoverage; nodes: Map<string, NodeCoverage> }

/** Counts which outcomes, connections and ends of all journeys the walks took. */
export class OutcomeCounter {
  readonly #journeys: ReadonlyMap<string, Counted>

  constructor({ journeys, nodes, customNodeTypes }: CoveredConfiguration) {
    const typeNamed = typesWith(customNodeTypes)
    const settings = new Map(nodes.map((node) => [node.id, node]))
    const linted = journeys.map((document) => lintedJourney(document, { nodes: settings, typeNamed }))
    this.#journeys = new Map(linted.map((journey) => [journey.name, uncounted(journey)]))
  }

  /** @param visits all visits of one run of a journey, in order. */
  add(visits: readonly Visit[]): void {
    const run = new CountedRun(this.#journeys)
    // The page or Configuration Provider around a node records the outcome that counts.
    const outer = visits.filter(({ page }) => page === null)
    for (const [at, visit] of outer.entries()) run.visit(visit, outer[at + 1])
  }

  report(): OutcomeReport {
    const journeys = [...this.#journeys.values()].map(({ coverage }) => ({
      ...coverage,
      totals: totalsIn(coverage),
    }))
    return { totals: totalsOf(journeys.map(({ totals }) => totals)), journeys }
  }
}

function uncounted(journey: LintedJourney): Counted {
  const nodes = journey.reachable.map(coverageOf)
  const known = new Map(nodes.map((node) => [node.id, node]))
  const coverage: JourneyCoverage = {
    name: journey.name,
    starts: 0,
    errors: 0,
    totals: totalsOf([]),
    nodes,
    ends: endsOf(journey, nodes).map((end) => ({ end, visits: 0 })),
    unreachable: [...journey.nodes.values()]
      .filter(({ id }) => !known.has(id))
      .map(({ id, name }) => ({ id, name })),
  }
  return { journey, coverage, nodes: known }
}

function coverageOf(node: LintedNode): NodeCoverage {
  const { id, name, type, connections } = node
  // Without a known type, the connected outcomes are the only known ones.
  const offered = node.outcomes ?? Object.keys(connections).map((each) => ({ id: each, displayName: each }))
  const outcomes = offered.map((outcome) => {
    const leadsTo = Object.hasOwn(connections, outcome.id) ? connections[outcome.id] : undefined
    return {
      id: outcome.id,
      name: outcome.displayName,
      visits: 0,
      ...(leadsTo === undefined ? {} : { leadsTo }),
    }
  })
  return { id, name, type, visits: 0, outcomes, ...innerOf(node) }
}

function innerOf(node: LintedNode): Pick<NodeCoverage, 'inner'> {
  const journey = innerJourneyOf(node)
  if (journey !== undefined) return { inner: { journey, visits: 0 } }
  return node.imitates?.type === innerTreeEvaluator.type ? { inner: { visits: 0 } } : {}
}

function endsOf({ document }: LintedJourney, nodes: readonly NodeCoverage[]): EndName[] {
  const targets = [document.entryNodeId, ...nodes.flatMap(({ outcomes }) => outcomes.map((o) => o.leadsTo))]
  return [
    ...(targets.includes(successId) ? (['success'] as const) : []),
    ...(targets.includes(failureId) ? (['failure'] as const) : []),
    ...(targets.includes(undefined) ? (['error'] as const) : []),
  ]
}

function totalsIn({ nodes, ends, starts }: JourneyCoverage): OutcomeTotals {
  const outcomes = nodes.flatMap((node) => node.outcomes)
  const start = { visits: starts }
  return {
    outcomes: countOf(outcomes),
    connections: countOf([start, ...outcomes.filter(({ leadsTo }) => leadsTo !== undefined)]),
    ends: countOf(ends),
    innerJourneys: countOf(nodes.flatMap(({ inner }) => inner ?? [])),
  }
}

/**
 * Follows one run. Records have no entry for the end of an inner journey, so the outcome of the node that entered it
 * follows from the connections, as in `engine/advance.ts`.
 */
class CountedRun {
  readonly #journeys: ReadonlyMap<string, Counted>
  /** The node that entered an inner journey, by depth. */
  readonly #entered: string[] = []
  #hasStarted = false

  constructor(journeys: ReadonlyMap<string, Counted>) {
    this.#journeys = journeys
  }

  visit({ journeys: path, nodeId, outcome, result }: Visit, next: Visit | undefined): void {
    const counted = this.#innermost(path)
    if (!this.#hasStarted && counted !== undefined && path.length === 1) counted.coverage.starts++
    this.#hasStarted = true
    const node = counted?.nodes.get(nodeId)
    if (node !== undefined) node.visits++
    if (result === 'outcome' && outcome !== undefined) this.#follow(path, nodeId, outcome)
    if (result === 'entered') this.#enter(path, nodeId, next)
    if (result === 'error') this.#raise(path)
  }

  #enter(path: readonly string[], nodeId: string, next: Visit | undefined): void {
    const node = this.#innermost(path)?.journey.nodes.get(nodeId)
    const chosen = next?.journeys.length === path.length + 1 ? next.journeys.at(-1) : undefined
    const name = (node && innerJourneyOf(node)) ?? chosen
    const inner = name === undefined ? undefined : this.#journeys.get(name)
    this.#entered[path.length - 1] = nodeId
    if (inner === undefined || !inner.journey.document.enabled || path.includes(inner.journey.name)) {
      this.#raise(path)
      return
    }
    const entered = this.#innermost(path)?.nodes.get(nodeId)?.inner
    if (entered !== undefined) entered.visits++
    inner.coverage.starts++
    const { entryNodeId } = inner.journey.document
    if (isEnd(entryNodeId)) this.#end([...path, inner.journey.name], entryNodeId)
  }

  #follow(path: readonly string[], nodeId: string, outcome: string): void {
    const counted = this.#innermost(path)
    const taken = counted?.nodes.get(nodeId)?.outcomes.find(({ id }) => id === outcome)
    if (counted === undefined || taken === undefined) return
    taken.visits++
    if (taken.leadsTo === undefined) {
      counted.coverage.errors++
      count(counted.coverage, 'error')
    } else if (isEnd(taken.leadsTo)) this.#end(path, taken.leadsTo)
    else if (!counted.journey.nodes.has(taken.leadsTo)) this.#raise(path)
  }

  #end(path: readonly string[], end: string): void {
    const counted = this.#innermost(path)
    if (counted !== undefined) count(counted.coverage, end === successId ? 'success' : 'failure')
    this.#leave(path, end === successId ? 'true' : 'false')
  }

  /** An error ends every journey up to the first node that offers the outcome `error`. */
  #raise(path: readonly string[]): void {
    const counted = this.#innermost(path)
    if (counted !== undefined) counted.coverage.errors++
    if (path.length <= 1) return
    const outer = path.slice(0, -1)
    const entered = this.#innermost(outer)?.journey.nodes.get(this.#enteredFrom(path) ?? '')
    // The settings that a script gives to a Configuration Provider are not recorded.
    const catches =
      entered?.type !== configProvider.type && entered?.outcomes?.some(({ id }) => id === 'error')
    if (catches) this.#leave(path, 'error')
    else this.#raise(outer)
  }

  #leave(path: readonly string[], outcome: string): void {
    const entered = this.#enteredFrom(path)
    if (path.length > 1 && entered !== undefined) this.#follow(path.slice(0, -1), entered, outcome)
  }

  /** The node that entered the innermost journey. If its visit is not recorded, the only node that can have done so. */
  #enteredFrom(path: readonly string[]): string | undefined {
    const known = this.#entered[path.length - 2]
    if (known !== undefined) return known
    const nodes = this.#innermost(path.slice(0, -1))?.journey.nodes.values() ?? []
    const able = [...nodes].filter((node) => innerJourneyOf(node) === path.at(-1))
    return able.length === 1 ? able[0]?.id : undefined
  }

  #innermost(path: readonly string[]): Counted | undefined {
    return this.#journeys.get(path.at(-1) ?? '')
  }
}

function count({ ends }: JourneyCoverage, end: EndName): void {
  const found = ends.find((each) => each.end === end)
  if (found !== undefined) found.visits++
}
