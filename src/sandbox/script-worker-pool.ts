import { readFile } from 'node:fs/promises'
import { createRequire, getCompileCacheDir } from 'node:module'
import { readBindings } from './binding-sources.ts'
import type { ScriptLimits } from './limits.ts'
import { ScriptError } from './script-engine.ts'
import { type Job, ScriptWorkerThread, type ThreadListener } from './script-worker-thread.ts'
import type { Order, Report, WorkerSetup } from './worker/messages.ts'

/** Interval of the watchdog. */
const WATCH_MS = 50

/** Worker threads that run scripts. They start on demand, up to `size`. */
export class ScriptWorkerPool {
  readonly #size: number
  readonly #limits: ScriptLimits
  readonly #threads = new Set<ScriptWorkerThread>()
  /** Used as a stack: the last used thread has warm caches, and the others need not start. */
  readonly #idle: ScriptWorkerThread[] = []
  readonly #queue: Job[] = []
  readonly #listener: ThreadListener = {
    ready: (image) => {
      if (this.#readySetup === undefined || this.#readySetup.image !== undefined) return
      this.#readySetup.image = image
      this.#dispatch()
    },
    idle: (thread) => {
      this.#idle.push(thread)
      this.#dispatch()
    },
    ended: (thread) => this.#replace(thread),
  }
  /** Runs while an order is pending, and until one interval after that. */
  #watchdog: NodeJS.Timeout | undefined
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
  run(order: Order, cpuMs: number): Promise<Report> {
    if (this.#readySetup !== undefined) return this.#enqueue(order, cpuMs)
    this.#setup ??= prepareWorkers(this.#limits)
    return this.#setup.then((setup) => {
      this.#readySetup = setup
      return this.#enqueue(order, cpuMs)
    })
  }

  /** Number of orders that wait for a thread. */
  waiting(): number {
    return this.#queue.length
  }

  /** Threads that have started, and their maximum. */
  workers(): { started: number; max: number } {
    return { started: this.#threads.size, max: this.#size }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const job of this.#queue.splice(0))
      job.reject(new ScriptError('limit', 'The script engine is closed'))
    clearInterval(this.#watchdog)
    await Promise.all([...this.#threads].map((thread) => thread.close()))
  }

  #enqueue(order: Order, cpuMs: number): Promise<Report> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw new ScriptError('limit', 'The script engine is closed')
      if (this.#queue.length >= this.#limits.queued) {
        throw new ScriptError('busy', 'Too many scripts wait for a worker')
      }
      this.#queue.push({ order, cpuMs, resolve, reject })
      this.#dispatch()
    })
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#idle.pop() ?? this.#start()
      const job = thread && this.#queue.shift()
      if (thread === undefined || job === undefined) return
      thread.run(job)
      this.#watchdog ??= setInterval(() => this.#watch(), WATCH_MS)
    }
  }

  #watch(): void {
    let isBusy = false
    for (const thread of this.#threads) {
      thread.check(WATCH_MS)
      isBusy ||= thread.isBusy()
    }
    if (isBusy) return
    clearInterval(this.#watchdog)
    this.#watchdog = undefined
  }

  #start(): ScriptWorkerThread | undefined {
    if (this.#isClosed || this.#readySetup === undefined || this.#threads.size >= this.#size) return undefined
    // The first worker builds the image. To wait for it is faster than to build another one.
    if (this.#readySetup.image === undefined && this.#threads.size > 0) return undefined
    const thread = new ScriptWorkerThread(this.#readySetup, this.#listener)
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
