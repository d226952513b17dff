import { Worker } from 'node:worker_threads'
import type { ScriptLimits } from './limits.ts'
import type { ScriptFault } from './script-engine.ts'
import type { GuestImage, Order, Ready, Report, WorkerSetup } from './worker/messages.ts'

/** Interval between checks of the watchdog. */
const RECHECK_MS = 50

/** CPU time of an attempt besides the script's own, for compiling and resetting. */
const CPU_MARGIN_MS = 20

/** Maximum start time of a thread. On a busy machine, a start can take longer than any script. */
const START_MS = 15_000

/** A worker ended while it ran an order: the watchdog killed it, or its thread died. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded'
  readonly fault: ScriptFault

  constructor(fault: ScriptFault, message: string) {
    super(message)
    this.fault = fault
  }
}

type Pending = {
  resolve(report: Report): void
  reject(error: WorkerEnded): void
  startedAt: number
  /** Sum of the planned intervals between checks. Time in which the server itself was stopped or busy doesn't count. */
  watchedMs: number
  cpuMs: number
  timer: NodeJS.Timeout
}

export type ThreadListener = {
  ready(image: GuestImage): void
  ended(thread: ScriptWorkerThread): void
}

/** A thread that runs scripts, one order at a time, and its watchdog. */
export class ScriptWorkerThread {
  readonly #worker: Worker
  readonly #limits: ScriptLimits
  readonly #listener: ThreadListener
  /** Whether the thread has completed an order, which proves that it works. */
  hasAnswered = false
  #pending: Pending | undefined
  #isReady = false
  /** CPU time of the thread at the end of its last order, or when it became ready. */
  #cpuBefore = 0
  #hasEnded = false

  constructor(setup: WorkerSetup, listener: ThreadListener) {
    this.#limits = setup.limits
    this.#listener = listener
    this.#worker = new Worker(new URL('./worker/launcher.js', import.meta.url), {
      workerData: setup,
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 },
      env: {},
    })
    this.#worker.unref()
    this.#worker.on('message', (report: Ready | Report) =>
      'isReady' in report ? this.#begin(report) : this.#done(report),
    )
    this.#worker.on('error', (error) => this.#end('memory', `Script worker failed: ${error.message}`))
    this.#worker.on('exit', () => this.#end('runtime', 'Script worker ended'))
  }

  /**
   * Runs one order. The thread must be idle.
   * @param cpuMs CPU time after which the watchdog kills the thread, in milliseconds.
   * @throws WorkerEnded
   */
  run(order: Order, cpuMs: number): Promise<Report> {
    return new Promise((resolve, reject) => {
      const { wallMs } = this.#limits
      const timer = setTimeout(() => this.#watch(wallMs), wallMs)
      this.#pending = { resolve, reject, startedAt: performance.now(), watchedMs: 0, cpuMs, timer }
      this.#worker.ref()
      this.#worker.postMessage(order)
    })
  }

  async close(): Promise<void> {
    this.#end('runtime', 'The script engine is closed')
    await this.#worker.terminate()
  }

  /** The time of the first script starts when the thread is ready. */
  #begin({ totalCpuMs, image }: Ready): void {
    this.#isReady = true
    this.#listener.ready(image)
    this.#cpuBefore = totalCpuMs
    if (this.#pending !== undefined) this.#pending.watchedMs = 0
  }

  #done(report: Report): void {
    const pending = this.#pending
    this.#pending = undefined
    this.hasAnswered = true
    this.#cpuBefore = report.totalCpuMs
    this.#worker.unref()
    clearTimeout(pending?.timer)
    pending?.resolve(report)
  }

  /** Kills the thread for its own CPU time, not for time that other work on the machine took. */
  async #watch(pauseMs: number): Promise<void> {
    const pending = this.#pending
    if (pending === undefined) return
    if (!this.#isReady) return this.#watchStart(pending, performance.now() - pending.startedAt)
    pending.watchedMs += pauseMs
    if (pending.watchedMs >= this.#limits.hardWallMs) return this.#kill(pending)
    const { user, system } = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }))
    if (this.#pending !== pending) return
    if ((user + system) / 1000 - this.#cpuBefore > pending.cpuMs + CPU_MARGIN_MS) return this.#kill(pending)
    this.#recheck(pending)
  }

  #recheck(pending: Pending): void {
    pending.timer = setTimeout(() => this.#watch(RECHECK_MS), RECHECK_MS)
  }

  #watchStart(pending: Pending, elapsedMs: number): void {
    if (elapsedMs < START_MS) {
      this.#recheck(pending)
      return
    }
    // Not a `timeout`, which would count against the script.
    this.#end('runtime', 'Script worker did not start')
    void this.#worker.terminate()
  }

  #kill(pending: Pending): void {
    if (this.#pending !== pending) return
    this.#end('timeout', 'Script did not stop in time and was ended')
    void this.#worker.terminate()
  }

  #end(fault: ScriptFault, message: string): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    const pending = this.#pending
    this.#pending = undefined
    clearTimeout(pending?.timer)
    this.#listener.ended(this)
    pending?.reject(new WorkerEnded(fault, message))
  }
}
