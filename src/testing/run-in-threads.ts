import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { CoveredScript } from '../sandbox/script-coverage.ts'
import type { WalkResult } from './run-walk.ts'
import type { FromThread, ThreadData, ToThread } from './walk-threads/messages.ts'

/** Young objects that a thread keeps before it collects garbage. Worlds are short-lived, so more of it costs less time. */
const youngMegabytes = 64

/** In the folder of this module, also in the bundle. */
export const walkThreadLauncher = new URL('./walk-threads/launcher.js', import.meta.url)

export type WalkTask = { file: string; index: number }

/**
 * Runs walks in several threads. Each takes the next walk when it has finished one.
 * @returns the coverage of scripts, one list for each thread.
 */
export async function runInThreads(
  data: ThreadData,
  tasks: readonly WalkTask[],
  {
    threads,
    signal,
    onResult,
  }: {
    threads: number
    /** Ends the run before the next walk. */
    signal?: AbortSignal | undefined
    onResult(result: WalkResult, task: WalkTask): void
  },
): Promise<CoveredScript[][]> {
  const waiting = [...tasks]
  return Promise.all(
    Array.from({ length: threads }, async () => {
      const thread = new WalkThread<ToThread, FromThread>(data)
      for (let task = waiting.shift(); task !== undefined && !signal?.aborted; task = waiting.shift()) {
        const answer = await thread.ask({ kind: 'walk', ...task })
        if (answer.kind === 'result') onResult(answer.result, task)
      }
      const ended = await thread.ask({ kind: 'end' })
      await thread.close()
      return ended.kind === 'ended' ? ended.covered : []
    }),
  )
}

/** A thread that answers one message at a time. */
export class WalkThread<To, From> {
  readonly #worker: Worker

  /** @param data decides what the thread does: see `walk-threads/launcher.js`. */
  constructor(data: object) {
    const workerData = { ...data, compileCache: getCompileCacheDir() }
    this.#worker = new Worker(walkThreadLauncher, {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    })
  }

  /** @throws an error that ended the thread, and AbortError at the signal. */
  async ask(message: To, signal?: AbortSignal): Promise<From> {
    const answered: Promise<From[]> = once(this.#worker, 'message', { signal })
    this.#worker.postMessage(message)
    const [answer] = await answered
    if (answer === undefined) throw new Error('a thread ended without an answer')
    return answer
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
