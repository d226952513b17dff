import { Worker } from 'node:worker_threads'
import type { ScriptLimits } from './limits.ts'
import type { ScriptFault } from './script-engine.ts'
import type { Order, Ready, Report, WorkerSetup } from './worker/messages.ts'

/** How soon the watchdog asks again when the worker had not used up its CPU, milliseconds. */
const ASK_AGAIN_MS = 50

/** CPU of an attempt besides the script's own (compiling, wiping), milliseconds. */
const CPU_MARGIN_MS = 20

/** How long a thread may take to start, milliseconds; on a busy machine that is longer than any script. */
const START_MS = 15_000

/** A worker ended in the middle of an order: by the watchdog, or because its thread died. */
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
  /** The pauses between looks, as they were planned: a server that was stopped itself, or had its hands full, has watched nothing. */
  watchedMs: number
  cpuMs: number
  timer: NodeJS.Timeout
}

/** One thread that runs scripts, one order at a time, and the watchdog over it. */
export class ScriptWorkerThread {
  readonly #worker: Worker
  readonly #limits: ScriptLimits
  readonly #onEnd: (thread: ScriptWorkerThread) => void
  /** False until the thread has proved that it can run at all. */
  hasAnswered = false
  #pending: Pending | undefined
  #isReady = false
  /** CPU that the thread had used when its last order was done, or when it was ready. */
  #cpuBefore = 0
  #hasEnded = false

  constructor(setup: WorkerSetup, onEnd: (thread: ScriptWorkerThread) => void) {
    this.#limits = setup.limits
    this.#onEnd = onEnd
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
   * @param cpuMs CPU after which the watchdog ends the thread, milliseconds.
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

  /** The start is not the script's: its time begins here. */
  #begin({ totalCpuMs }: Ready): void {
    this.#isReady = true
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

  /** Ends the thread for CPU it used, not for time that other work on the machine took from it. */
  async #watch(pauseMs: number): Promise<void> {
    const pending = this.#pending
    if (pending === undefined) return
    if (!this.#isReady) return this.#watchStart(pending, performance.now() - pending.startedAt)
    pending.watchedMs += pauseMs
    if (pending.watchedMs >= this.#limits.hardWallMs) return this.#kill(pending)
    const { user, system } = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }))
    if (this.#pending !== pending) return
    if ((user + system) / 1000 - this.#cpuBefore > pending.cpuMs + CPU_MARGIN_MS) return this.#kill(pending)
    this.#askAgain(pending)
  }

  #askAgain(pending: Pending): void {
    pending.timer = setTimeout(() => this.#watch(ASK_AGAIN_MS), ASK_AGAIN_MS)
  }

  #watchStart(pending: Pending, elapsedMs: number): void {
    if (elapsedMs < START_MS) {
      this.#askAgain(pending)
      return
    }
    // No fault of the script, which would be held against it.
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
    this.#onEnd(this)
    pending?.reject(new WorkerEnded(fault, message))
  }
}
