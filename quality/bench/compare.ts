import { loadavg } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Client } from './client.ts'
import { microseconds, withSpread } from './figure.ts'
import { inTurn, type Load } from './load.ts'
import { loginWarmUp } from './login-rate.ts'
import { type Postgres, withPostgres } from './postgres.ts'
import { remove, root, type Server, startPeer, startSidegate } from './servers.ts'
import { ratiosOf, spreadOf } from './spread.ts'
import { floorWork, stepClients } from './step-cost.ts'
import { workNamed } from './work.ts'

/**
 * `node quality/bench/compare.ts CHECKOUT [BenchPages|BenchScripts|BenchCheck|BenchCheckScript|Login] [ROUNDS] [--postgres]`
 * compares this checkout with another one, such as a `git worktree` of the previous commit. Each prepares its own data, and
 * their servers take turns. On a busy machine, the ratios of CPU are the only reliable figures.
 */
const { values, positionals } = parseArgs({
  options: { postgres: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [checkout, journey = 'BenchPages', rounds = '9'] = positionals
if (checkout === undefined)
  throw new Error('usage: npm run bench:compare -- CHECKOUT [JOURNEY] [ROUNDS] [--postgres]')

type Prepared = { checkout: string; folder: string; databaseUrl: string | undefined }

/** Data of one checkout, prepared by its own code: its tables may differ. */
async function prepared(checkout: string, postgres: Postgres | undefined, name: string): Promise<Prepared> {
  const module = pathToFileURL(join(checkout, 'quality', 'bench', 'prepared-folder.ts')).href
  // The same module of another commit.
  const { prepareFolder }: typeof import('./prepared-folder.ts') = await import(module)
  const databaseUrl = await postgres?.createDatabase(name)
  if (databaseUrl !== undefined && prepareFolder.length === 0)
    throw new Error(`${checkout} is too old: it can't prepare a PostgreSQL database`)
  return { checkout, databaseUrl, folder: await prepareFolder(databaseUrl) }
}

async function compare(
  there: Server,
  here: Server,
  floor: Server,
  database: number | undefined,
): Promise<void> {
  const client = new Client(stepClients)
  const workOf = (server: Server) => ({ ...workNamed(journey, client, server), database })
  try {
    const works = { floor: await floorWork(client, floor, there), there: workOf(there), here: workOf(here) }
    const warmUp = journey === 'Login' ? loginWarmUp : 3000
    print(await inTurn(works, { rounds: Number(rounds), milliseconds: 1000, warmUp }))
  } finally {
    client.close()
  }
}

function print(loads: Record<'floor' | 'there' | 'here', Load[]>): void {
  const each = (name: keyof typeof loads, kind: 'cpuEach' | 'poolEach' | 'databaseEach' = 'cpuEach') =>
    loads[name].map((load) => load[kind])
  const ratio = (upper: number[], lower: number[]) =>
    withSpread(spreadOf(ratiosOf(upper, lower)), (value) => value.toFixed(3))
  console.log(
    `${journey}, ${rounds} rounds, load ${loadavg()[0]?.toFixed(1)}; CPU of one operation [lowest–highest]`,
  )
  for (const name of ['floor', 'there', 'here'] as const)
    console.log(`  ${name.padEnd(6)} ${withSpread(spreadOf(each(name)), microseconds)}`)
  for (const name of ['there', 'here'] as const) {
    if (journey === 'Login') {
      const beside = loads[name].map(({ cpuEach, poolEach }) => cpuEach - poolEach)
      console.log(`  ${name.padEnd(6)} ${withSpread(spreadOf(beside), microseconds)} beside the hash`)
    }
    if (values.postgres)
      console.log(
        `  ${name.padEnd(6)} ${withSpread(spreadOf(each(name, 'databaseEach')), microseconds)} in PostgreSQL`,
      )
  }
  console.log(`  here / there  ${ratio(each('here'), each('there'))}`)
  console.log(`  there / floor ${ratio(each('there'), each('floor'))}`)
  console.log(`  here / floor  ${ratio(each('here'), each('floor'))}`)
}

async function run(postgres?: Postgres): Promise<void> {
  const data: Prepared[] = []
  const servers: Server[] = []
  try {
    for (const [name, folder] of Object.entries({ there: checkout ?? root, here: root }))
      data.push(await prepared(folder, postgres, name))
    for (const { folder, ...options } of data) servers.push(await startSidegate(folder, options))
    servers.push(await startPeer('bare Fastify'))
    const [there, here, floor] = servers
    if (there && here && floor) await compare(there, here, floor, postgres?.pid)
  } finally {
    for (const server of servers) await server.stop()
    for (const { folder } of data) remove(folder)
  }
}

await (values.postgres ? withPostgres(run) : run())
