import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Bound, StorageProblem } from '../../base/errors.ts'
import { beyond, firstOnly } from './bounded.ts'
import { addGauges, type Gauges } from './gauges.ts'
import { journeyMeters } from './journey-meters.ts'
import type { Measurement } from './measurement.ts'
import { metricsOfAll } from './worker-metrics.ts'

type JourneyName = { realm: string; journey: string }

/** The counted changes of transactions. Starts are left out, because a retry starts a transaction again. */
const transactionMoments: Readonly<Partial<Record<string, string>>> = {
  create: 'opened',
  complete: 'approved',
  deny: 'denied',
  cancel: 'cancelled',
}

/** Counts what the server does. Labels never identify a person, and no method throws. */
export type Metrics = {
  journeyStarted(journey: JourneyName): void
  journeyEnded(journey: JourneyName, outcome: 'success' | 'failure'): void
  /** One run of a node, including its waits for scripts and the identity store. */
  nodeRan(type: string, seconds: number): void
  /** @param result `ok` or the fault; `timeout` and `memory` also ended the worker. */
  scriptRan(result: string, seconds: number): void
  /** Call after the change is saved. @param change the kind of a `TransactionChange` */
  transaction(change: string): void
  /** An event of a transaction was written to a live feed, this long after it happened. */
  eventDelivered(seconds: number): void
  /** An alarm of a help desk was raised. @param kind an `AlarmKind` */
  alarmRaised(kind: string): void
  /** A request was rejected by a limit. @param problem the error's code in the response */
  limitReached(problem: string): void
  /** A request has its answer. All labels are from small sets. */
  requestServed(request: { route: string; method: string; status: string; seconds: number }): void
  /** One read or save of the database. Reads of SQLite are not measured. */
  databaseTook(operation: 'read' | 'save', seconds: number): void
  databaseFailed(operation: 'read' | 'save', problem: StorageProblem): void
  /** A request was rejected with 503 because a queue or pool was full. */
  overloaded(bound: Bound): void
  /** Audit events for the syslog server; `lost`: the server will never get them. */
  auditForwarded(result: 'sent' | 'lost', events: number): void
  /** Measurements of the nodes that ran in a saved step. */
  measured(measurements: readonly Measurement[]): void
  /** All metrics, in the Prometheus text format 0.0.4. Event loop and garbage collection metrics start at the first call. */
  read(): Promise<string>
}

const limits = { journeys: 300, nodeTypes: 250, problems: 50 }

const nodeSeconds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]
const scriptSeconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
const databaseSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 15]
const requestSeconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]
const feedSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30]

/** Counts with prom-client. @param refused called with a log text for each meter key that can't be counted. */
export function createMetrics(gauges: Gauges, refused: (problem: string) => void): Metrics {
  const registry = new Registry()
  const counters = { ...countersIn(registry), ...histogramsIn(registry) }
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
    eventDelivered: (seconds) => counters.feeds.observe(Math.max(0, seconds)),
    alarmRaised: (kind) => counters.alarms.inc({ kind }),
    limitReached: (problem) => counters.limits.inc({ limit: isKnownProblem(problem) ? problem : beyond }),
    requestServed: ({ seconds, ...labels }) => counters.requests.observe(labels, seconds),
    databaseTook: (operation, seconds) => counters.database.observe({ operation }, seconds),
    databaseFailed: (operation, problem) => counters.databaseFailures.inc({ operation, problem }),
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
  return {
    started: counter('sidegate_journeys_started_total', 'Journeys started', ['realm', 'journey']),
    ended: counter('sidegate_journeys_ended_total', 'Journeys ended', ['realm', 'journey', 'outcome']),
    /** The same under AM's names. A meter of AM has a count, and a sum of ones. */
    authentications: ['am_authentication_count', 'am_authentication_sum'].map((name) =>
      counter(name, 'Journeys ended, by outcome', ['outcome']),
    ),
    transactions: counter('sidegate_transactions_total', 'Backchannel transactions by state change', [
      'moment',
    ]),
    alarms: counter('sidegate_helpdesk_alarms_total', 'Alarms of help desks, by kind', ['kind']),
    limits: counter('sidegate_limits_reached_total', 'Requests rejected by a limit', ['limit']),
    overloads: counter('sidegate_overloads_total', 'Requests rejected with 503, by the full queue or pool', [
      'bound',
    ]),
    databaseFailures: counter(
      'sidegate_database_failures_total',
      'Reads and saves that the database failed, by problem: full, readOnly, failing (the disk), away',
      ['operation', 'problem'],
    ),
    forwarded: counter(
      'sidegate_audit_syslog_events_total',
      'Audit events for the syslog server; lost ones are only in the database',
      ['result'],
    ),
  }
}

function histogramsIn(registry: Registry) {
  const registers = [registry]
  const histogram = <Label extends string>(
    name: string,
    help: string,
    shape: { labelNames: Label[]; buckets: number[] },
  ) => new Histogram({ name, help, registers, ...shape })
  return {
    nodes: histogram('sidegate_node_seconds', 'Duration of one run of a node, including waits', {
      labelNames: ['type'],
      buckets: nodeSeconds,
    }),
    scripts: histogram(
      'sidegate_script_seconds',
      'Duration of one run of a script, including waits; timeout and memory ended its worker',
      { labelNames: ['result'], buckets: scriptSeconds },
    ),
    requests: histogram('sidegate_request_seconds', 'Duration of requests until their answer is sent', {
      labelNames: ['route', 'method', 'status'],
      buckets: requestSeconds,
    }),
    database: histogram(
      'sidegate_database_seconds',
      'Duration of reads and saves of the database, including waits for a connection; of SQLite, saves only',
      { labelNames: ['operation'], buckets: databaseSeconds },
    ),
    feeds: histogram(
      'sidegate_feed_lag_seconds',
      'Time from an event of a transaction, on any server, to its line in an open live feed, including the save',
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

/** Counts journeys beyond the limit together, because scripts could create thousands of them. */
function journeyLabelling(): (journey: JourneyName) => JourneyName {
  const isKnown = firstOnly(limits.journeys)
  return ({ realm, journey }) =>
    isKnown(`${realm} ${journey}`) ? { realm, journey } : { realm: beyond, journey: beyond }
}
