import { setTimeout as after } from 'node:timers/promises'
import { type ProcessSettings, ServerProcess } from '../../../test/support/server-process.ts'
import type { Target } from '../client.ts'

/** How often it is started before that has failed. */
const attempts = 20

/** A server that is killed and paused, and started again at another port. */
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

  /** Starts it, again and again while its database is away. @param environment for this run alone. */
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

  /** Kills it for good, also when it is being started. */
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

  /** Tells it to stop, and waits until it has. */
  async stop(): Promise<void> {
    this.isUp = false
    this.#process?.signal('SIGTERM')
    await this.#process?.ended
    this.#process = undefined
  }

  /** @param ms how long it does nothing. */
  async pause(ms: number): Promise<void> {
    this.isUp = false
    this.#process?.signal('SIGSTOP')
    await after(ms)
    this.#process?.signal('SIGCONT')
    this.isUp = this.#process !== undefined
  }
}
