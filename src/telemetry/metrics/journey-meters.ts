import { Counter, type Registry, Summary } from 'prom-client'
import { firstOnly } from './bounded.ts'
import type { Measurement } from './measurement.ts'

/** Maximum number of keys. A Configuration Provider node could create a new one for each sign-in. */
const maxKeys = 500

const percentiles = [0.5, 0.75, 0.95, 0.98, 0.99, 0.999]

/** Percentiles cover the last ten minutes. */
const window = { maxAgeSeconds: 600, ageBuckets: 5 }

type Record = (measurement: Measurement) => void

/**
 * Meters and timers of journeys, with AM's names: the meter `sign.ups` becomes `am_sign_ups_count`, and the timer
 * `sign.time` becomes `am_sign_time_seconds`. Sources: "Meter node", "Timer Stop node", "AM Prometheus metrics".
 * @param refused called once per problem with a text for the log.
 */
export function journeyMeters(registry: Registry, refused: (problem: string) => void): Record {
  const isKnown = firstOnly(maxKeys)
  const recorders = new Map<string, Record | undefined>()
  let isFull = false
  return (measurement) => {
    const name = nameOf(measurement)
    if (!isKnown(name)) {
      if (!isFull) refused(`journeys use more than ${maxKeys} metric keys: further keys are not counted`)
      isFull = true
      return
    }
    if (!recorders.has(name)) {
      const isFree = namesIn(name, measurement.kind).every((each) => !registry.getSingleMetric(each))
      if (!isFree) refused(`the metric name ${name} is already taken: choose another key for the node`)
      recorders.set(name, isFree ? recorder(registry, name, measurement.kind) : undefined)
    }
    recorders.get(name)?.(measurement)
  }
}

function nameOf({ kind, key }: Measurement): string {
  const name = `am_${key.replaceAll(/[^A-Za-z0-9_]/g, '_')}`
  return kind === 'time' ? `${name}_seconds` : name
}

function namesIn(name: string, kind: Measurement['kind']): string[] {
  return kind === 'time' ? [name] : [`${name}_count`, `${name}_sum`]
}

function recorder(registry: Registry, name: string, kind: Measurement['kind']): Record {
  const registers = [registry]
  if (kind === 'time') {
    const help = 'Time between a Timer Start and a Timer Stop node'
    const summary = new Summary({ name, help, registers, percentiles, ...window })
    return (measurement) => measurement.kind === 'time' && summary.observe(measurement.seconds)
  }
  // The sum also grows by one: AM's meters are summaries of ones.
  const help = 'Passes of a Meter node'
  const counters = namesIn(name, kind).map((each) => new Counter({ name: each, help, registers }))
  return () => {
    for (const counter of counters) counter.inc()
  }
}
