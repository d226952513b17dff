import { cpuBetween, poolCpu, processTree, readCpu } from './process-usage.ts'

/** Work that clients repeat. `once` returns the number of operations that it made. */
export type Work = {
  pid: number
  /** A process whose CPU is counted apart, with its descendants: the database. */
  database?: number | undefined
  clients: number
  once(client: number): Promise<number>
}

/** CPU is that of one operation, in microseconds. */
export type Load = {
  operations: number
  perSecond: number
  cpuEach: number
  /** The part of `cpuEach` in libuv's thread pool. */
  poolEach: number
  databaseEach: number
}

/** Runs all clients for the given time, and measures the process with `pid`. */
export async function load(work: Work, milliseconds: number): Promise<Load> {
  let operations = 0
  const used = cpuMeter(work)
  const startedAt = performance.now()
  const one = async (client: number) => {
    while (performance.now() - startedAt < milliseconds) {
      // Read `operations` after the wait: other clients change it meanwhile.
      const done = await work.once(client)
      operations += done
    }
  }
  await Promise.all(Array.from({ length: work.clients }, (_, client) => one(client)))
  const seconds = (performance.now() - startedAt) / 1000
  return { operations, perSecond: operations / seconds, ...used(operations) }
}

/** Starts to measure. @returns a function that returns the CPU of each operation since then. */
export function cpuMeter({ pid, database }: Pick<Work, 'pid' | 'database'>) {
  const readDatabase = () => (database === undefined ? readCpu() : readCpu(...processTree(database)))
  const before = { cpu: readCpu(pid), pool: poolCpu(pid), database: readDatabase() }
  return (operations: number) => ({
    cpuEach: cpuBetween(before.cpu, readCpu(pid)) / operations,
    poolEach: (poolCpu(pid) - before.pool) / operations,
    databaseEach: cpuBetween(before.database, readDatabase()) / operations,
  })
}

export type Turns = { rounds: number; milliseconds: number; warmUp: number }

/**
 * Runs the works in turn, round by round, so that other load on the machine affects all of them equally.
 * @returns the rounds of each, in order.
 */
export async function inTurn<Name extends string>(
  works: Record<Name, Work>,
  { rounds, milliseconds, warmUp }: Turns,
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
