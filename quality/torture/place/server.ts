import { setTimeout as after } from 'node:timers/promises'
import { type ProcessSettings, ServerProcess } from '../../../test/support/server-process.ts'
import type { Target } from '../client.ts'

/** Attempts to start before giving up. */
const attempts = 20

/** A server that is killed, paused, and restarted on another port. */
export class Server implements Target {
  url = ''
  isUp = false
  readonly #folder: string
  readonly #settings: ProcessSettings
  #process: ServerProcess | undefined
  #starting = Promise.resolve()
  #isClosed = false

  constructor(folder: string, settings: ProcessSettings) {
    this.#folder = folder
    this.#settings = settings
  }

  /**
   * Starts the server, and retries while its database is down.
   * @param environment for this run only.
   */
  async start(environment: Record<string, string> = {}): Promise<void> {
    this.#starting = this.#launch({ ...this.#settings.environment, ...environment })
    await this.#starting
  }

  async #launch(environment: Record<string, string>): Promise<void> {
    for (let attempt = 1; this.#process === undefined && !this.#isClosed; attempt++) {
      try {
        this.#process = await ServerProcess.start(this.#folder, { ...this.#settings, environment })
      } catch (error) {
        if (attempt === attempts) throw error
        await after(300)
      }
    }
    this.url = this.#process?.url ?? ''
    this.isUp = this.#process !== undefined
  }

  /** Kills the server for good, even during its start. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#starting.catch(() => undefined)
    await this.kill()
  }

  async kill(): Promise<void> {
    this.isUp = false
    await this.#process?.kill()
    this.#process = undefined
  }

  /** Shuts the server down, and waits until it has exited. */
  async stop(): Promise<void> {
    this.isUp = false
    this.#process?.signal('SIGTERM')
    await this.#process?.ended
    this.#process = undefined
  }

  /** @param ms duration of the pause. */
  async pause(ms: number): Promise<void> {
    this.isUp = false
    this.#process?.signal('SIGSTOP')
    await after(ms)
    this.#process?.signal('SIGCONT')
    this.isUp = this.#process !== undefined
  }
}
