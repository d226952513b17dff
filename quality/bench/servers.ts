import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { lastDescendant } from './process-usage.ts'

/** A server in its own process, on a free port of this machine. */
export type Server = { url: string; pid: number; stop(): Promise<void> }

export const root = join(import.meta.dirname, '..', '..')

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sidegate-bench-'))
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

const peers = {
  'bare Fastify': 'bare-fastify',
  'oidc-provider': 'oidc-provider',
  'better-auth': 'better-auth',
}

export type PeerName = keyof typeof peers

/** How many people a peer signs up before it listens, and how it hashes their passwords. */
export type PeerOptions = { people?: number; hash?: 'argon2id' | 'own' }

/** A server to compare with. Like Sidegate, it keeps its compiled code. */
export function startPeer(
  name: PeerName,
  { people = 0, hash = 'argon2id' }: PeerOptions = {},
): Promise<Server> {
  const args = [join(import.meta.dirname, 'peers', `${peers[name]}.ts`), String(people), hash]
  const environment = { NODE_COMPILE_CACHE: join(root, '.cache', 'compile') }
  return started(spawn(process.execPath, args, childOptions(environment)))
}

export type SidegateOptions = {
  /** PostgreSQL instead of SQLite. */
  databaseUrl?: string | undefined
  /** Options of Node, for profiling. */
  node?: readonly string[]
  /** The checkout whose code runs. */
  checkout?: string
}

/** Starts a server with the command of `npm start`, without npm and its shell. */
export function startSidegate(
  folder: string,
  { databaseUrl = '', node = [], checkout = root }: SidegateOptions = {},
): Promise<Server> {
  const options = childOptions({ ...settings(folder), DATABASE_URL: databaseUrl }, folder, checkout)
  return started(spawn(process.execPath, [...node, ...startArguments(checkout)], options))
}

/** Starts a server with `npm start`, as a new user does, through npm and its shell. */
export function startByNpm(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<Server> {
  const options = childOptions({ ...settings(folder), ...environment }, folder)
  // Its own process group, so that npm, its shell and the server end together.
  return started(spawn('npm', ['start'], { ...options, detached: true }))
}

const packageSchema = z.object({ scripts: z.object({ start: z.string().startsWith('node ') }) })

/** Options of Node of `npm start`. */
export function nodeOptions(): string[] {
  return startArguments().filter((argument) => argument.startsWith('--'))
}

/** What `npm start` passes to Node. */
function startArguments(checkout = root): string[] {
  const { scripts } = packageSchema.parse(JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')))
  return scripts.start.split(' ').slice(1)
}

function settings(folder: string): NodeJS.ProcessEnv {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    SIDEGATE_DATA: folder,
    SIDEGATE_SAMPLES: 'on',
    SIDEGATE_LOG_LEVEL: 'info',
    // All clients have the same address.
    SIDEGATE_MAX_FEEDS: '100000',
    SIDEGATE_MAX_FEEDS_PER_ADDRESS: '100000',
    SIDEGATE_MAX_CONNECTIONS_PER_ADDRESS: '100000',
    DATABASE_URL: '',
  }
}

/** The log goes to a file, as in production. */
function childOptions(environment: NodeJS.ProcessEnv, folder?: string, cwd = root) {
  const log = folder === undefined ? ('inherit' as const) : openSync(join(folder, 'server.log'), 'a')
  return {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore' as const, 'pipe' as const, log],
  }
}

async function started(child: ChildProcess): Promise<Server> {
  const { pid, stdout } = child
  if (pid === undefined || stdout === null) throw new Error('the server could not be started')
  for await (const line of createInterface(stdout)) {
    const url = /listens at (\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, pid: lastDescendant(pid), stop: () => stop(child, pid) }
  }
  throw new Error('the server ended before it listened')
}

async function stop(child: ChildProcess, pid: number): Promise<void> {
  const ended = once(child, 'exit')
  try {
    process.kill(-pid, 'SIGTERM')
  } catch {
    child.kill('SIGTERM')
  }
  await ended
}
