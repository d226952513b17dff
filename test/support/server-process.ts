import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { databaseOf } from './database-of.ts'
import { adminPassword } from './start-server.ts'

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'sidegate.js')

type Child = ChildProcessByStdio<null, Readable, Readable>

export type ProcessSettings = {
  /** Instead of the database that belongs to the folder. */
  databaseUrl?: string
  /** Besides what all of them get, or instead of it. */
  environment?: Record<string, string>
  /** Of Node, before the program. */
  nodeOptions?: readonly string[]
  /** Gets every line of the log. */
  onLog?: (line: string) => void
}

/** The real server as a process of its own on a data folder, which a test may kill at any moment. */
export class ServerProcess {
  readonly url: string
  /** Log lines so far. */
  logLines = 0
  /** How it ended: its status, or the signal that ended it. */
  readonly ended: Promise<[status: number | null, signal: NodeJS.Signals | null]>
  /** Settles with the first line of the log that has these words. */
  readonly told: (words: string) => Promise<string>
  readonly #child: Child
  #onLine: () => void = () => undefined

  private constructor(url: string, child: Child, onLog: (line: string) => void) {
    this.url = url
    this.#child = child
    this.ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    const log = createInterface(child.stderr)
    this.told = (words) =>
      new Promise((resolve) => {
        log.on('line', (line) => line.includes(words) && resolve(line))
      })
    log.on('line', (line) => {
      this.logLines++
      onLog(line)
      this.#onLine()
    })
  }

  /** @throws Error when the server ends before it listens. */
  static async start(folder: string, settings: ProcessSettings = {}): Promise<ServerProcess> {
    const { environment = {}, nodeOptions = [], onLog = () => undefined } = settings
    const { databaseUrl = await databaseOf(folder) } = settings
    const child = spawn(process.execPath, [...nodeOptions, launcher, 'serve'], {
      env: {
        ...process.env,
        PORT: '0',
        HOST: '127.0.0.1',
        SIDEGATE_DATA: folder,
        SIDEGATE_ADMIN_PASSWORD: adminPassword,
        SIDEGATE_LOG_LEVEL: 'debug',
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    for await (const line of createInterface(child.stdout)) {
      printed += `${line}\n`
      const url = /listens at (\S+)/.exec(line)?.[1]
      if (url === undefined) continue
      child.stdout.resume()
      return new ServerProcess(url, child, onLog)
    }
    throw new Error(`the server did not start: ${printed}`)
  }

  /** Settles after so many more log lines. */
  async logged(lines: number): Promise<void> {
    const wanted = this.logLines + lines
    while (this.logLines < wanted) {
      await new Promise<void>((resolve) => {
        this.#onLine = resolve
      })
    }
  }

  /** Tells it something, and does not wait. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** SIGKILL: nothing of the server runs any more, and nothing was told to it. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGKILL')
    await this.ended
  }
}
