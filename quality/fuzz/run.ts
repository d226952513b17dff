import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { startFuzzed } from './fuzzed-server.ts'
import { targets } from './targets.ts'
import { mustHoldNoSecret, openWorld, SpoiledWorld, Violation, type World } from './world.ts'

// `npm run fuzz -- --requests 200000 --seed 7`: random requests to a server of its own, on loopback, in rounds. Tells after each
// round what was answered and how much memory the server has; ends with status 1 at the first violation, with the seed to see it again.

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '200000' }, seed: { type: 'string' } },
})
const wanted = Number(values.requests)
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000)

/** How often a target is played in a round. */
const runs = 200

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

// What a server writes, which is its log, is looked through for secrets; the newest troubles in it are told with a violation.
let leak: unknown
const troubles: string[] = []
let server = await startFuzzed(lookThrough)
let asked = 0
try {
  for (let round = 1; asked < wanted; round++) {
    const world = await openedWorld()
    for (const target of targets) {
      const seed = firstSeed + round
      await fc.assert(target.property(world), { seed, numRuns: runs, endOnFailure: true })
    }
    if (leak !== undefined) throw leak
    asked += [...world.counts.values()].reduce((sum, count) => sum + count, 0)
    const kinds = [...world.counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    console.log(`${asked} requests · ${kinds.join(' · ')} · memory ${server.megabytes()} MB`)
  }
  console.log(`\n${asked} requests, no violation (first seed ${firstSeed})`)
} catch (error) {
  if (!(error instanceof Error)) throw error
  const violation = error instanceof Violation ? error : error.cause
  console.error(violation instanceof Violation ? `VIOLATION: ${violation.message}\n${error.message}` : error)
  console.error(['\nTroubles in the log:', ...troubles.slice(-5)].join('\n'))
  process.exitCode = 1
} finally {
  server.stop()
}

/** Random requests change settings and remove journeys and people: once that spoils the next round, it has a new server. */
async function openedWorld(): Promise<World> {
  try {
    return await openWorld(server.url)
  } catch (error) {
    if (!(error instanceof SpoiledWorld)) throw error
    console.log(`${error.message}: a new server`)
    server.stop()
    server = await startFuzzed(lookThrough)
    return openWorld(server.url)
  }
}

function lookThrough(line: string): void {
  if (/^\{"level":[56]0,/.test(line)) troubles.push(line)
  try {
    mustHoldNoSecret(line, 'the log')
  } catch (violation) {
    leak ??= violation
  }
}
