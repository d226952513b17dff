import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { walkThreadLauncher } from '../testing/run-in-threads.ts'
import type { FromWatching, ToWatching, WatchingData } from '../testing/walk-threads/watching-thread.ts'

type Failure = { title: string; text: string }

/** Runs the walks of a project in a thread of its own, and keeps their last results. */
export class WalkRuns {
  readonly #watched: WatchingData['watched']
  #worker: Worker | undefined
  readonly #say: (text: string) => void
  readonly #results = new Map<string, FromWatching['results'][number]>()
  #problems: readonly Failure[] = []
  #isRunning = false
  /** Files that changed during the run. */
  #next: readonly string[] = []

  constructor(watched: WatchingData['watched'], say: (text: string) => void) {
    this.#say = say
    this.#watched = watched
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  get passed(): number {
    return [...this.#results.values()].filter(({ text }) => text === undefined).length
  }

  get failures(): readonly Failure[] {
    const failed = [...this.#results.values()].flatMap(({ title, text }) =>
      text === undefined ? [] : { title, text },
    )
    return [...this.#problems, ...failed]
  }

  /** Runs the walks that these changes concern, after a run that has begun; all of them without files. */
  run(files?: readonly string[]): void {
    if (this.#isRunning) {
      this.#next = [...this.#next, ...(files ?? [])]
      return
    }
    this.#isRunning = true
    const message: ToWatching = { files }
    this.#worker ??= this.#start()
    this.#worker.postMessage(message)
  }

  /** Ends also while walks run. */
  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const workerData = { watched: this.#watched, compileCache: getCompileCacheDir() }
    const worker = new Worker(walkThreadLauncher, { workerData })
    worker.on('message', (run: FromWatching) => this.#take(run))
    worker.on('error', (error) => {
      this.#isRunning = false
      this.#worker = undefined
      this.#problems = [{ title: 'The walks could not run', text: String(error) }]
      this.#say(`The walks could not run: ${String(error)}`)
      this.#runNext()
    })
    return worker
  }

  #take({ walks, results, problems }: FromWatching): void {
    this.#isRunning = false
    const before = this.#counts
    const known = new Set(walks)
    for (const key of this.#results.keys()) if (!known.has(key)) this.#results.delete(key)
    for (const result of results) this.#results.set(result.key, result)
    this.#problems = problems
    const hasRun = results.length + problems.length > 0
    if (hasRun || this.#counts !== before) this.#say(this.#counts)
    if (hasRun) for (const { title, text } of this.failures) this.#say(`FAIL  ${title}\n${text}`)
    this.#runNext()
  }

  #runNext(): void {
    const files = this.#next
    this.#next = []
    if (files.length > 0) this.run(files)
  }

  get #counts(): string {
    return `walks: ${this.passed} passed, ${this.failures.length} failed`
  }
}
