import { cpuMicroseconds } from './process-usage.ts'

/** Work that clients repeat. `once` returns the number of operations that it made. */
export type Work = { pid: number; clients: number; once(client: number): Promise<number> }

export type Load = {
  operations: number
  perSecond: number
  /** CPU of the measured process per operation, in microseconds. */
  cpuEach: number
}

/** Runs all clients for the given time, and measures the process with `pid`. */
export async function load({ pid, clients, once }: Work, milliseconds: number): Promise<Load> {
  let operations = 0
  const cpuBefore = cpuMicroseconds(pid)
  const startedAt = performance.now()
  const one = async (client: number) => {
    while (performance.now() - startedAt < milliseconds) {
      // Read `operations` after the wait: other clients change it meanwhile.
      const done = await once(client)
      operations += done
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client)))
  const seconds = (performance.now() - startedAt) / 1000
  return {
    operations,
    perSecond: operations / seconds,
    cpuEach: (cpuMicroseconds(pid) - cpuBefore) / operations,
  }
}

/**
 * Runs the works in turn, round by round, so that other load on the machine affects all of them equally.
 * @returns the rounds of each, in order.
 */
export async function inTurn<Name extends string>(
  works: Record<Name, Work>,
  { rounds, milliseconds, warmUp }: { rounds: number; milliseconds: number; warmUp: number },
): Promise<Record<Name, Load[]>> {
  // Object.keys loses the key type.
  const names = Object.keys(works) as Name[]
  // The same.
  const done = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Load[]>
  for (const name of names) await load(works[name], warmUp)
  for (let round = 0; round < rounds; round++) {
    for (const name of names) done[name].push(await load(works[name], milliseconds))
  }
  return done
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = Number.isInteger(middle)
    ? sorted.slice(middle - 1, middle + 1)
    : sorted.slice(Math.floor(middle))
  return Number.isInteger(middle) ? (low + high) / 2 : low
}

/** Median of the ratios of each round, which compares runs that are close in time. */
export function medianRatio(upper: readonly number[], lower: readonly number[]): number {
  return median(upper.map((value, round) => value / (lower[round] ?? Number.NaN)))
}
