/** How many of something the walks covered. */
export type Count = { covered: number; total: number }

export type OutcomeTotals = { outcomes: Count; connections: Count; ends: Count; innerJourneys: Count }

/** Visits count once for each time that a walk took the outcome. `leadsTo` is absent for an unconnected outcome. */
export type OutcomeCoverage = { id: string; name: string; visits: number; leadsTo?: string }

export type NodeCoverage = {
  id: string
  name: string
  type: string
  visits: number
  outcomes: OutcomeCoverage[]
  /** For nodes that run an inner journey. The journey is absent if a script chooses it. */
  inner?: { journey?: string; visits: number }
}

/** `error`: an outcome without a connection ends the journey with an error. */
export type EndName = 'success' | 'failure' | 'error'

export type JourneyCoverage = {
  name: string
  /** How often the journey was started or entered. */
  starts: number
  /** How often a node ended with an error. Not part of the totals: any node can fail. */
  errors: number
  totals: OutcomeTotals
  /** Nodes that the entry can reach. */
  nodes: NodeCoverage[]
  /** Ends that the entry can reach. */
  ends: { end: EndName; visits: number }[]
  /** Nodes that no connection from the entry reaches. Not part of the totals. */
  unreachable: { id: string; name: string }[]
}

export type OutcomeReport = { totals: OutcomeTotals; journeys: JourneyCoverage[] }

export type UncoveredOutcome = { journey: string; node: string; nodeId: string; outcome: string }

export function countOf(items: readonly { visits: number }[]): Count {
  return { covered: items.filter(({ visits }) => visits > 0).length, total: items.length }
}

export function sumOf(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, { covered, total }) => ({ covered: sum.covered + covered, total: sum.total + total }),
    { covered: 0, total: 0 },
  )
}

/** Covered share in percent, rounded down so that 100 means complete. Undefined if there is nothing to cover. */
export function percentOf({ covered, total }: Count): number | undefined {
  return total === 0 ? undefined : Math.floor((covered / total) * 1000) / 10
}

export function totalsOf(parts: readonly OutcomeTotals[]): OutcomeTotals {
  return {
    outcomes: sumOf(parts.map(({ outcomes }) => outcomes)),
    connections: sumOf(parts.map(({ connections }) => connections)),
    ends: sumOf(parts.map(({ ends }) => ends)),
    innerJourneys: sumOf(parts.map(({ innerJourneys }) => innerJourneys)),
  }
}

/** The outcomes that no walk took, in the order of journeys and nodes. */
export function uncoveredOutcomes({ journeys }: OutcomeReport): UncoveredOutcome[] {
  return journeys.flatMap(({ name: journey, nodes }) =>
    nodes.flatMap(({ id: nodeId, name: node, outcomes }) =>
      outcomes
        .filter(({ visits }) => visits === 0)
        .map(({ id: outcome }) => ({ journey, node, nodeId, outcome })),
    ),
  )
}
