import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { adminPassword } from '../test/start-server.ts'
import { targets } from './targets.ts'
import { mustHoldNoSecret, openWorld, Violation } from './world.ts'

// `npm run fuzz -- --requests 200000 --seed 7`: random requests to a server of its own, on loopback, in rounds. Tells after each
// round what was answered and how much memory the server has; ends with status 1 at the first violation, with the seed to see it again.

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '200000' }, seed: { type: 'string' } },
})
const wanted = Number(values.requests)
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000)

/** How often a target is played in a round. */
const runs = 200

const folder = mkdtempSync(join(tmpdir(), 'sidegate-fuzz-'))
const program = join(import.meta.dirname, '..', 'bin', 'sidegate.js')
const server = spawn(process.execPath, [program, 'serve'], {
  env: {
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    SIDEGATE_DATA: folder,
    SIDEGATE_SAMPLES: 'on',
    SIDEGATE_ADMIN_PASSWORD: adminPassword,
  },
  stdio: ['ignore', 'pipe', 'pipe'],
})

// Whoever is interrupted leaves no server behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
process.once('exit', () => server.kill('SIGKILL'))

let leak: unknown

/** Where it listens. What it writes besides, which is its log, is looked through for secrets. */
const url = await new Promise<string>((resolve, reject) => {
  for (const output of [server.stdout, server.stderr]) {
    createInterface(output).on('line', (line) => {
      const found = output === server.stdout ? /listens at (\S+)/.exec(line)?.[1] : undefined
      if (found !== undefined) resolve(found)
      else leak ??= leakIn(line)
    })
  }
  server.once('exit', () => reject(new Error('the server is gone')))
})

let asked = 0
try {
  for (let round = 1; asked < wanted; round++) {
    // Random requests change settings and remove people: what one round did must not spoil the next.
    const world = await openWorld(url)
    for (const target of targets) {
      const seed = firstSeed + round
      await fc.assert(target.property(world), { seed, numRuns: runs, endOnFailure: true })
    }
    if (leak !== undefined) throw leak
    asked += [...world.counts.values()].reduce((sum, count) => sum + count, 0)
    const kinds = [...world.counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    console.log(`${asked} requests · ${kinds.join(' · ')} · memory ${memoryOf(server.pid)} MB`)
  }
  console.log(`\n${asked} requests, no violation (first seed ${firstSeed})`)
} catch (error) {
  if (!(error instanceof Error)) throw error
  const violation = error instanceof Violation ? error : error.cause
  console.error(violation instanceof Violation ? `VIOLATION: ${violation.message}\n${error.message}` : error)
  process.exitCode = 1
} finally {
  server.removeAllListeners('exit')
  server.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

function leakIn(line: string): unknown {
  try {
    mustHoldNoSecret(line, 'the log')
    return undefined
  } catch (violation) {
    return violation
  }
}

/** Resident memory of a process; 0 where nobody can tell. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kilobytes) / 1024)
  } catch {
    return 0
  }
}
