import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { startFuzzed } from './fuzzed-server.ts'
import { targets } from './targets.ts'
import { assertNoSecret, openWorld, SpoiledWorld, Violation, type World } from './world.ts'

// `npm run fuzz -- --requests 200000 --seed 7` sends random requests in rounds to its own server on loopback.
// Prints statuses and memory after each round. Exits with status 1 at the first violation, and prints the seed
// to reproduce it.

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '200000' }, seed: { type: 'string' } },
})
const wanted = Number(values.requests)
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000)

/** Runs of each target per round. */
const runs = 200

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

// Output of the server is searched for secrets. A violation is printed with the newest errors in the log.
let leak: unknown
const errors: string[] = []
let server = await startFuzzed(inspectLine)
let sent = 0
try {
  for (let round = 1; sent < wanted; round++) {
    const world = await openFreshWorld()
    for (const target of targets) {
      const seed = firstSeed + round
      await fc.assert(target.property(world), { seed, numRuns: runs, endOnFailure: true })
    }
    if (leak !== undefined) throw leak
    sent += [...world.counts.values()].reduce((sum, count) => sum + count, 0)
    const kinds = [...world.counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    console.log(`${sent} requests · ${kinds.join(' · ')} · memory ${server.megabytes()} MB`)
  }
  console.log(`\n${sent} requests, no violation (first seed ${firstSeed})`)
} catch (error) {
  if (!(error instanceof Error)) throw error
  const violation = error instanceof Violation ? error : error.cause
  console.error(violation instanceof Violation ? `VIOLATION: ${violation.message}\n${error.message}` : error)
  console.error(['\nErrors in the log:', ...errors.slice(-5)].join('\n'))
  process.exitCode = 1
} finally {
  server.stop()
}

/**
 * Random requests change settings and delete journeys and people. When the next round can't start, it gets a
 * new server.
 */
async function openFreshWorld(): Promise<World> {
  try {
    return await openWorld(server.url)
  } catch (error) {
    if (!(error instanceof SpoiledWorld)) throw error
    console.log(`${error.message}: a new server`)
    server.stop()
    server = await startFuzzed(inspectLine)
    return openWorld(server.url)
  }
}

function inspectLine(line: string): void {
  if (/^\{"level":[56]0,/.test(line)) errors.push(line)
  try {
    assertNoSecret(line, 'the log')
  } catch (violation) {
    leak ??= violation
  }
}
