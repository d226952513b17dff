import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server in its own process, on a free port of this machine. */
export type Server = { url: string; pid: number; stop(): Promise<void> }

const root = join(import.meta.dirname, '..', '..')

/** The heap settings of `npm start`. */
export const heapOptions = ['--max-semi-space-size=4', '--no-parallel-scavenge']

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sidegate-bench-'))
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * A server to compare with.
 * @param file in this folder.
 */
export function startPeer(file: string): Promise<Server> {
  return started(spawn(process.execPath, [join(import.meta.dirname, file)], childOptions({})))
}

export function startEcho(): Promise<Server> {
  return startPeer('echo-server.ts')
}

/**
 * @param extra options of Node, for profiling.
 * @param checkout whose code runs.
 */
export function startSidegate(
  folder: string,
  extra: readonly string[] = [],
  checkout: string = root,
): Promise<Server> {
  const args = [...heapOptions, ...extra, join(checkout, 'bin', 'sidegate.js'), 'serve']
  return started(spawn(process.execPath, args, childOptions(settings(folder), folder)))
}

/** Starts a server with `npm start`, as a new user does, through npm and its shell. */
export function startByNpm(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<Server> {
  const options = childOptions({ ...settings(folder), ...environment }, folder)
  // Its own process group, so that npm, its shell and the server end together.
  return started(spawn('npm', ['start'], { ...options, detached: true }))
}

function settings(folder: string): NodeJS.ProcessEnv {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    SIDEGATE_DATA: folder,
    SIDEGATE_SAMPLES: 'on',
    SIDEGATE_LOG_LEVEL: 'info',
    // All clients have the same address.
    SIDEGATE_MAX_FEEDS_PER_ADDRESS: '20000',
    SIDEGATE_MAX_CONNECTIONS_PER_ADDRESS: '100000',
    DATABASE_URL: '',
  }
}

/** The log goes to a file, as in production. */
function childOptions(environment: NodeJS.ProcessEnv, folder?: string) {
  const log = folder === undefined ? ('inherit' as const) : openSync(join(folder, 'server.log'), 'a')
  return {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore' as const, 'pipe' as const, log],
  }
}

async function started(child: ChildProcess): Promise<Server> {
  const { pid, stdout } = child
  if (pid === undefined || stdout === null) throw new Error('the server could not be started')
  for await (const line of createInterface(stdout)) {
    const url = /listens at (\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, pid, stop: () => stop(child, pid) }
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
