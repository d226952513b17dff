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
  #runs = 0

  constructor(watched: WatchingData['watched'], say: (text: string) => void) {
    this.#say = say
    this.#watched = watched
  }

  get isRunning(): boolean {
    return this.#runs > 0
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

  /** Runs the walks that these changes concern; all of them without files. */
  run(files?: readonly string[]): void {
    this.#runs += 1
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
      this.#runs = 0
      this.#worker = undefined
      this.#problems = [{ title: 'The walks could not run', text: String(error) }]
      this.#say(`The walks could not run: ${String(error)}`)
    })
    return worker
  }

  #take({ results, problems }: FromWatching): void {
    this.#runs -= 1
    for (const result of results) this.#results.set(result.key, result)
    this.#problems = problems
    const { failures } = this
    if (results.length === 0 && problems.length === 0) return
    this.#say(`walks: ${this.passed} passed, ${failures.length} failed`)
    for (const { title, text } of failures) this.#say(`FAIL  ${title}\n${text}`)
  }
}
