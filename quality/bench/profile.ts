import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Client } from './client.ts'
import { load, type Work } from './load.ts'
import { loginWork } from './login-rate.ts'
import { checkWork } from './poll-cost.ts'
import { prepareFolder } from './prepared-folder.ts'
import { profiled } from './profiled.ts'
import { remove, type Server, startSidegate } from './servers.ts'
import { journeyWork, stepClients } from './step-cost.ts'

/**
 * `node quality/bench/profile.ts BenchPages`, `BenchScripts`, `BenchCheck` or `Login` prints where the main
 * thread of a warm server spends its time, and saves the profile for a browser's developer tools.
 */
const [journey = 'BenchPages'] = process.argv.slice(2)
const secondsOfWarmUp = 8
const seconds = 8

/** Loose: the developer tools need further members. */
const profileSchema = z.looseObject({
  nodes: z.array(
    z.looseObject({
      id: z.number(),
      callFrame: z.looseObject({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).default([]),
    }),
  ),
  samples: z.array(z.number()),
})

type Profile = z.infer<typeof profileSchema>

async function profile(): Promise<Profile> {
  const folder = await prepareFolder()
  const server = await startSidegate(folder, ['--inspect=127.0.0.1:0'])
  const client = new Client(stepClients)
  const work = workNamed(client, server)
  try {
    await load(work, secondsOfWarmUp * 1000)
    const { taken, result } = await profiled(inspectorOf(folder), () => load(work, seconds * 1000))
    console.log(`${journey}: ${Math.round(result.cpuEach)} µs CPU each, ${Math.round(result.perSecond)}/s`)
    return profileSchema.parse(taken)
  } finally {
    client.close()
    await server.stop()
    remove(folder)
  }
}

function workNamed(client: Client, server: Server): Work {
  if (journey === 'Login') return loginWork(client, server)
  const work = journey.startsWith('BenchCheck') ? checkWork : journeyWork
  return work(client, server, journey)
}

/** Node writes the address of its inspector to standard error. */
function inspectorOf(folder: string): string {
  const [, url] =
    /Debugger listening on (ws:\S+)/.exec(readFileSync(join(folder, 'server.log'), 'utf8')) ?? []
  if (url === undefined) throw new Error('the server has no inspector')
  return url
}

/** Share of busy samples by function: by itself, and including the functions that it called. */
function shares({ nodes, samples }: Profile) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children }) => children.map((child) => [child, id] as const)))
  const nameOf = (id: number) => {
    const { functionName, url, lineNumber } = byId.get(id)?.callFrame ?? {}
    return `${functionName || '(anonymous)'} ${shortened(url ?? '')}:${(lineNumber ?? 0) + 1}`
  }
  const alone = new Map<string, number>()
  const withCalled = new Map<string, number>()
  let busy = 0
  for (const id of samples) {
    if (nameOf(id).startsWith('(idle)')) continue
    busy++
    count(alone, nameOf(id))
    const stack = new Set<string>()
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.add(nameOf(at))
    for (const name of stack) count(withCalled, name)
  }
  return { alone, withCalled, busy, total: samples.length }
}

function shortened(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url
  return path.split(`${join(import.meta.dirname, '..', '..')}/`).at(-1) ?? path
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function print(title: string, counts: Map<string, number>, busy: number): void {
  console.log(`\n${title}`)
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 45)
  for (const [name, samples] of most)
    console.log(`${((100 * samples) / busy).toFixed(1).padStart(6)} %  ${name}`)
}

const taken = await profile()
const file = join(tmpdir(), `sidegate-${journey}-${process.pid}.cpuprofile`)
writeFileSync(file, JSON.stringify(taken))
const { alone, withCalled, busy, total } = shares(taken)
console.log(`${file}: main thread busy for ${((100 * busy) / total).toFixed(0)} % of the time`)
print('alone', alone, busy)
print('including called functions', withCalled, busy)
