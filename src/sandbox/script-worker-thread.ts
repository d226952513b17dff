import { Worker } from 'node:worker_threads'
import type { ScriptLimits } from './limits.ts'
import type { ScriptFault } from './script-engine.ts'
import type { GuestImage, Order, Ready, Report, WorkerSetup } from './worker/messages.ts'

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

export type Job = {
  order: Order
  /** CPU time after which the watchdog kills the thread, in milliseconds. */
  cpuMs: number
  resolve(report: Report): void
  /** Called with WorkerEnded when the thread was killed or died while it ran the order. */
  reject(error: Error): void
}

type Pending = {
  job: Job
  startedAt: number
  /**
   * Sum of the planned intervals between checks since the first one. Time in which the server itself was stopped or busy
   * doesn't count.
   */
  watchedMs: number | undefined
  isChecked: boolean
}

export type ThreadListener = {
  ready(image: GuestImage): void
  /** The thread has answered an order, and is idle. */
  idle(thread: ScriptWorkerThread): void
  ended(thread: ScriptWorkerThread): void
}

/** A thread that runs scripts, one order at a time. */
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
    this.#worker.on('message', (report: Ready | Report) =>
      'isReady' in report ? this.#begin(report) : this.#done(report),
    )
    this.#worker.on('error', (error) => this.#end('memory', `Script worker failed: ${error.message}`))
    this.#worker.on('exit', () => this.#end('runtime', 'Script worker ended'))
    // The watchdog keeps the process alive while orders are pending. After the listeners, because they undo it.
    this.#worker.unref()
  }

  isBusy(): boolean {
    return this.#pending !== undefined
  }

  /** Runs one order. The thread must be idle. */
  run(job: Job): void {
    this.#pending = { job, startedAt: performance.now(), watchedMs: undefined, isChecked: false }
    this.#worker.postMessage(job.order)
  }

  /** Ends the thread if its order takes too long. Called by the watchdog at an interval of `intervalMs`. */
  check(intervalMs: number): void {
    const pending = this.#pending
    if (pending === undefined) return
    if (!this.#isReady) {
      this.#checkStart(performance.now() - pending.startedAt)
      return
    }
    // The first interval began before the order did.
    pending.watchedMs = pending.watchedMs === undefined ? 0 : pending.watchedMs + intervalMs
    if (pending.watchedMs >= this.#limits.hardWallMs) this.#kill(pending)
    else if (pending.watchedMs >= this.#limits.wallMs && !pending.isChecked) void this.#checkCpu(pending)
  }

  async close(): Promise<void> {
    this.#end('runtime', 'The script engine is closed')
    await this.#worker.terminate()
  }

  /** The time of the first script starts when the thread is ready. */
  #begin({ totalCpuMs, image }: Ready): void {
    this.#isReady = true
    this.#cpuBefore = totalCpuMs
    this.#listener.ready(image)
  }

  #done(report: Report): void {
    const pending = this.#pending
    if (pending === undefined) return
    this.#pending = undefined
    this.hasAnswered = true
    this.#cpuBefore = report.totalCpuMs
    pending.job.resolve(report)
    this.#listener.idle(this)
  }

  /** Kills the thread for its own CPU time, not for time that other work on the machine took. */
  async #checkCpu(pending: Pending): Promise<void> {
    pending.isChecked = true
    const { user, system } = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }))
    pending.isChecked = false
    if ((user + system) / 1000 - this.#cpuBefore > pending.job.cpuMs + CPU_MARGIN_MS) this.#kill(pending)
  }

  #checkStart(elapsedMs: number): void {
    if (elapsedMs < START_MS) return
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
    this.#listener.ended(this)
    pending?.job.reject(new WorkerEnded(fault, message))
  }
}
