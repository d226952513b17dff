import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Bound } from '../../errors.ts'
import type { TransactionChange } from '../../help-desk/transactions/transaction.ts'
import { beyond, firstOnly } from './bounded.ts'
import { addGauges, type Gauges } from './gauges.ts'
import { journeyMeters } from './journey-meters.ts'
import type { Measurement } from './measurement.ts'
import { metricsOfAll } from './worker-metrics.ts'

/** How journeys of a realm are told apart. */
type JourneyName = { realm: string; journey: string }

/** What is counted of what becomes of transactions; a retry starts one again, so that starts say little. */
const transactionMoments: Readonly<Partial<Record<TransactionChange['kind'], string>>> = {
  create: 'opened',
  complete: 'approved',
  deny: 'denied',
  cancel: 'cancelled',
}

/** Counts what the server does. Nothing that it counts names a person, and nothing throws. */
export type Metrics = {
  journeyStarted(journey: JourneyName): void
  journeyEnded(journey: JourneyName, outcome: 'success' | 'failure'): void
  /** One run of a node, its waits for scripts and people's data included. */
  nodeRan(type: string, seconds: number): void
  /** @param result `ok`, or what was wrong with it: `timeout` and `memory` ended it with its worker. */
  scriptRan(result: string, seconds: number): void
  /** A change that is saved. */
  transaction(change: TransactionChange['kind']): void
  /** An event of a transaction is written into a live feed, so long after it happened. */
  fed(seconds: number): void
  /** Somebody was refused because it was too much of it: the word that the refusal has for programs. */
  limitReached(problem: string): void
  /** A request was refused with 503 because something was full. */
  overloaded(bound: Bound): void
  /** Audit events for the syslog server; `lost`: it will never have them. */
  auditForwarded(result: 'sent' | 'lost', events: number): void
  /** What nodes measured in a step that is saved. */
  measured(measurements: readonly Measurement[]): void
  /** Everything, in Prometheus' text format 0.0.4. Lag of the event loop and garbage are counted from the first call on. */
  read(): Promise<string>
}

const limits = { journeys: 300, nodeTypes: 250, problems: 50 }

const nodeSeconds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]
const scriptSeconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
const feedSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30]

/** Counts with prom-client. @param refused told about keys of meters that cannot be kept, in words for the log. */
export function createMetrics(gauges: Gauges, refused: (problem: string) => void): Metrics {
  const registry = new Registry()
  const counters = countersIn(registry)
  addGauges(registry, gauges)
  const measure = journeyMeters(registry, refused)
  const journeyLabels = journeyLabelling()
  const isKnownType = firstOnly(limits.nodeTypes)
  const isKnownProblem = firstOnly(limits.problems)
  const read = metricsOfAll(
    registry,
    once(() => collectDefaultMetrics({ register: registry })),
  )
  return {
    journeyStarted: (journey) => counters.started.inc(journeyLabels(journey)),
    journeyEnded(journey, outcome) {
      counters.ended.inc({ ...journeyLabels(journey), outcome })
      for (const counter of counters.authentications) counter.inc({ outcome })
    },
    nodeRan: (type, seconds) => counters.nodes.observe({ type: isKnownType(type) ? type : beyond }, seconds),
    scriptRan: (result, seconds) => counters.scripts.observe({ result }, seconds),
    transaction(change) {
      const moment = transactionMoments[change]
      if (moment !== undefined) counters.transactions.inc({ moment })
    },
    fed: (seconds) => counters.feeds.observe(Math.max(0, seconds)),
    limitReached: (problem) => counters.limits.inc({ limit: isKnownProblem(problem) ? problem : beyond }),
    overloaded: (bound) => counters.overloads.inc({ bound }),
    auditForwarded: (result, events) => counters.forwarded.inc({ result }, events),
    measured: (measurements) => measurements.forEach(measure),
    read,
  }
}

function countersIn(registry: Registry) {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })
  const histogram = <Label extends string>(
    name: string,
    help: string,
    shape: { labelNames: Label[]; buckets: number[] },
  ) => new Histogram({ name, help, registers, ...shape })
  return {
    started: counter('sidegate_journeys_started_total', 'Logins that began', ['realm', 'journey']),
    ended: counter('sidegate_journeys_ended_total', 'Logins that came to an end', [
      'realm',
      'journey',
      'outcome',
    ]),
    /** The vendor's own names for the same; a meter there is a count and a sum of ones. */
    authentications: ['am_authentication_count', 'am_authentication_sum'].map((name) =>
      counter(name, 'Logins that came to an end, by outcome', ['outcome']),
    ),
    transactions: counter('sidegate_transactions_total', 'Backchannel transactions by what became of them', [
      'moment',
    ]),
    limits: counter('sidegate_limits_reached_total', 'Refusals because it was too much', ['limit']),
    overloads: counter('sidegate_overloads_total', 'Requests refused with 503, by what was full', ['bound']),
    forwarded: counter(
      'sidegate_audit_syslog_events_total',
      'Audit events for the syslog server; lost ones are in the audit book alone',
      ['result'],
    ),
    nodes: histogram('sidegate_node_seconds', 'Time that one run of a node took, its waits included', {
      labelNames: ['type'],
      buckets: nodeSeconds,
    }),
    scripts: histogram(
      'sidegate_script_seconds',
      'Time that one run of a script took, its waits included; timeout and memory ended its worker',
      { labelNames: ['result'], buckets: scriptSeconds },
    ),
    feeds: histogram(
      'sidegate_feed_lag_seconds',
      'From what happened to a transaction, on whatever server, to its line in an open live feed; the save is in between',
      { labelNames: [], buckets: feedSeconds },
    ),
  }
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}

/** Journeys beyond the first so many, as scripts could make them by the thousand, are counted together. */
function journeyLabelling(): (journey: JourneyName) => JourneyName {
  const isKnown = firstOnly(limits.journeys)
  return ({ realm, journey }) =>
    isKnown(`${realm} ${journey}`) ? { realm, journey } : { realm: beyond, journey: beyond }
}
