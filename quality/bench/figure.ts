import type { Load } from './load.ts'
import { type Spread, spreadOf } from './spread.ts'

/** One row of the table. Rows without a limit are for information. */
export type Figure = {
  id: string
  what: string
  measured: string
  compared: string
  result: Spread
  unit: Unit
  limit?: Limit
}

export type Unit = '×' | '%' | 'ms' | 'MB' | 'kB'

/** The target, and a better value that is worth trying. */
export type Limit = { kind: 'most' | 'least'; value: number; stretch?: number }

export const atMost = (value: number, stretch?: number): Limit => limit('most', value, stretch)
export const atLeast = (value: number, stretch?: number): Limit => limit('least', value, stretch)

function limit(kind: Limit['kind'], value: number, stretch: number | undefined): Limit {
  return stretch === undefined ? { kind, value } : { kind, value, stretch }
}

/** Compares the median with the target. */
export function isMet({ result, limit }: Pick<Figure, 'result' | 'limit'>): boolean {
  return limit === undefined || isWithin(result.median, limit.kind, limit.value)
}

export function isStretchMet({ result, limit }: Pick<Figure, 'result' | 'limit'>): boolean {
  return limit?.stretch !== undefined && isWithin(result.median, limit.kind, limit.stretch)
}

function isWithin(value: number, kind: Limit['kind'], bound: number): boolean {
  return kind === 'most' ? value <= bound : value >= bound
}

export const cpuEach = (load: Load) => load.cpuEach
export const cpuOf = (loads: readonly Load[]) =>
  `${withSpread(spreadOf(loads.map(cpuEach)), microseconds)} CPU`

/** A median with the lowest and the highest value, or alone if there was one round. */
export function withSpread({ median, low, high }: Spread, format: (value: number) => string): string {
  return low === high ? format(median) : `${format(median)} [${format(low)}–${format(high)}]`
}

export function microseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} µs` : `${(value / 1000).toFixed(2)} ms`
}

export function inUnit(unit: Unit): (value: number) => string {
  if (unit === '×') return (value) => `${value.toFixed(2)}×`
  return (value) => `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`
}
