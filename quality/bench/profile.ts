import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Client } from './client.ts'
import { inspectorOptions, inspectorUrl, profiled } from './inspector.ts'
import { load } from './load.ts'
import { withPostgres } from './postgres.ts'
import { prepareFolder } from './prepared-folder.ts'
import { remove, startSidegate } from './servers.ts'
import { stepClients } from './step-cost.ts'
import { workNamed } from './work.ts'

/**
 * `node quality/bench/profile.ts [BenchPages|BenchScripts|BenchCheck|BenchCheckScript|Login] [--postgres]` prints where the
 * main thread of a warm server spends its time, and saves the profile for a browser's developer tools.
 */
const { values, positionals } = parseArgs({
  options: { postgres: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [journey = 'BenchPages'] = positionals
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

async function profile(databaseUrl?: string): Promise<Profile> {
  const folder = await prepareFolder(databaseUrl)
  const server = await startSidegate(folder, { databaseUrl, node: inspectorOptions })
  const client = new Client(stepClients)
  try {
    const work = workNamed(journey, client, server)
    await load(work, secondsOfWarmUp * 1000)
    const { taken, result } = await profiled(inspectorUrl(folder), () => load(work, seconds * 1000))
    console.log(`${journey}: ${Math.round(result.cpuEach)} µs CPU each, ${Math.round(result.perSecond)}/s`)
    return profileSchema.parse(taken)
  } finally {
    client.close()
    await server.stop()
    remove(folder)
  }
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

const taken = await (values.postgres
  ? withPostgres(async ({ createDatabase }) => profile(await createDatabase('profile')))
  : profile())
const file = join(tmpdir(), `sidegate-${journey}-${process.pid}.cpuprofile`)
writeFileSync(file, JSON.stringify(taken))
const { alone, withCalled, busy, total } = shares(taken)
console.log(`${file}: main thread busy for ${((100 * busy) / total).toFixed(0)} % of the time`)
print('alone', alone, busy)
print('including called functions', withCalled, busy)
