import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { defined } from '../../src/base/defined.ts'
import { databaseOf } from './database-of.ts'
import { adminPassword } from './start-server.ts'

const bin = join(import.meta.dirname, '..', '..', 'bin')

type Child = ChildProcessByStdio<null, Readable, Readable>

export type ProcessSettings = {
  /** Default: the database of the data folder. */
  databaseUrl?: string
  /** Extends and overrides the default environment. */
  environment?: Record<string, string>
  /** Options of Node. */
  nodeOptions?: readonly string[]
  /** Runs the sources instead of the bundle. */
  isFromSources?: boolean
  /** Called with every log line. */
  onLog?: (line: string) => void
  /** Limit of file descriptors. */
  openFiles?: number
}

/** A server in its own process, which a test can kill at any time. */
export class ServerProcess {
  readonly url: string
  /** Number of log lines so far. */
  logLines = 0
  /** Exit status, or the signal that ended the process. */
  readonly ended: Promise<[status: number | null, signal: NodeJS.Signals | null]>
  /** Resolves with the next log line that contains the words. */
  readonly waitForLog: (words: string) => Promise<string>
  readonly #child: Child
  #onLine: () => void = () => undefined

  private constructor(url: string, child: Child, onLog: (line: string) => void) {
    this.url = url
    this.#child = child
    this.ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    const log = createInterface(child.stderr)
    this.waitForLog = (words) =>
      new Promise((resolve) => {
        log.on('line', (line) => line.includes(words) && resolve(line))
      })
    log.on('line', (line) => {
      this.logLines++
      onLog(line)
      this.#onLine()
    })
  }

  /** @throws Error if the server ends before it listens. */
  static async start(folder: string, settings: ProcessSettings = {}): Promise<ServerProcess> {
    const { environment = {}, nodeOptions = [], isFromSources = false, onLog = () => undefined } = settings
    const { databaseUrl = await databaseOf(folder), openFiles } = settings
    const program = join(bin, isFromSources ? 'dev-server.ts' : 'sidegate.js')
    const command = [process.execPath, ...nodeOptions, program, 'serve']
    const limited = ['-c', `ulimit -n ${openFiles} && exec "$@"`, 'sh', ...command]
    const [executable, ...args] = openFiles === undefined ? command : ['sh', ...limited]
    const child = spawn(executable ?? '', args, {
      env: {
        ...process.env,
        PORT: '0',
        HOST: '127.0.0.1',
        SIDEGATE_DATA: folder,
        SIDEGATE_ADMIN_PASSWORD: adminPassword,
        SIDEGATE_LOG_LEVEL: 'debug',
        ...defined({ DATABASE_URL: databaseUrl }),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    let printed = ''
    for await (const line of createInterface(child.stdout)) {
      printed += `${line}\n`
      const url = /listens at (\S+)/.exec(line)?.[1]
      if (url === undefined) continue
      child.stdout.resume()
      return new ServerProcess(url, child, onLog)
    }
    const log = await text(child.stderr)
    throw new Error(`the server ended before it listened, with ${await ended}: ${printed}${log}`)
  }

  /** Resolves after this many more log lines. */
  async logged(lines: number): Promise<void> {
    const expected = this.logLines + lines
    while (this.logLines < expected) {
      await new Promise<void>((resolve) => {
        this.#onLine = resolve
      })
    }
  }

  /** Sends a signal without waiting for its effect. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Kills the process without a shutdown (SIGKILL), and waits for its end. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGKILL')
    await this.ended
  }
}
