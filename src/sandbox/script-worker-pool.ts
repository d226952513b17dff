import { readFile } from 'node:fs/promises'
import { createRequire, getCompileCacheDir } from 'node:module'
import { readBindings } from './binding-sources.ts'
import type { ScriptLimits } from './limits.ts'
import { ScriptError } from './script-engine.ts'
import { ScriptWorkerThread, type WorkerEnded } from './script-worker-thread.ts'
import type { Order, Report, WorkerSetup } from './worker/messages.ts'

type Job = { order: Order; cpuMs: number; resolve(report: Report): void; reject(error: Error): void }

/** Worker threads that run scripts. They start on demand, up to `size`. */
export class ScriptWorkerPool {
  readonly #size: number
  readonly #limits: ScriptLimits
  readonly #threads = new Set<ScriptWorkerThread>()
  /** Used as a stack: the last used thread has warm caches, and the others need not start. */
  readonly #idle: ScriptWorkerThread[] = []
  readonly #queue: Job[] = []
  #setup: Promise<WorkerSetup> | undefined
  #readySetup: WorkerSetup | undefined
  #isClosed = false

  constructor(size: number, limits: ScriptLimits) {
    this.#size = size
    this.#limits = limits
  }

  /**
   * @param cpuMs CPU time after which the watchdog kills the thread, in milliseconds.
   * @throws ScriptError `busy` when the queue is full, `limit` when the pool is closed.
   * @throws WorkerEnded when the thread was killed or died while it ran this order.
   */
  async run(order: Order, cpuMs: number): Promise<Report> {
    this.#setup ??= prepareWorkers(this.#limits)
    this.#readySetup ??= await this.#setup
    if (this.#isClosed) throw new ScriptError('limit', 'The script engine is closed')
    if (this.#queue.length >= this.#limits.queued) {
      throw new ScriptError('busy', 'Too many scripts wait for a worker')
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ order, cpuMs, resolve, reject })
      this.#dispatch()
    })
  }

  /** Number of orders that wait for a thread. */
  waiting(): number {
    return this.#queue.length
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const job of this.#queue.splice(0))
      job.reject(new ScriptError('limit', 'The script engine is closed'))
    await Promise.all([...this.#threads].map((thread) => thread.close()))
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#idle.pop() ?? this.#start()
      const job = thread && this.#queue.shift()
      if (thread === undefined || job === undefined) return
      thread.run(job.order, job.cpuMs).then(
        (report) => {
          this.#idle.push(thread)
          job.resolve(report)
          this.#dispatch()
        },
        (error: WorkerEnded) => job.reject(error),
      )
    }
  }

  #start(): ScriptWorkerThread | undefined {
    if (this.#isClosed || this.#readySetup === undefined || this.#threads.size >= this.#size) return undefined
    const setup = this.#readySetup
    const thread = new ScriptWorkerThread(setup, {
      ready: (image) => {
        setup.image ??= image
      },
      ended: (ended) => this.#replace(ended),
    })
    this.#threads.add(thread)
    return thread
  }

  /**
   * Starts a replacement immediately, so that the next script after a kill finds a warm thread. A thread that never worked
   * is not replaced, because its replacements would fail, too.
   */
  #replace(ended: ScriptWorkerThread): void {
    this.#threads.delete(ended)
    const position = this.#idle.indexOf(ended)
    if (position >= 0) this.#idle.splice(position, 1)
    const fresh = ended.hasAnswered ? this.#start() : undefined
    if (fresh) this.#idle.push(fresh)
    this.#dispatch()
  }
}

/** Reads and compiles the sources that all workers share. */
export async function prepareWorkers(limits: ScriptLimits): Promise<WorkerSetup> {
  const wasm = createRequire(import.meta.url).resolve('quickjs-wasi/quickjs.wasm')
  const [module, parts] = await Promise.all([
    readFile(wasm).then((bytes) => WebAssembly.compile(bytes)),
    readBindings(),
  ])
  return { module, ...parts, limits, image: undefined, compileCache: getCompileCacheDir() }
}
