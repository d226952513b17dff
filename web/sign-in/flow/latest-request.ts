import type { FlowStore } from './flow-store.ts'
import { retryUntilAnswered } from './retry.ts'

/** Sends one request at a time. A new request aborts the previous one. */
export class LatestRequest {
  readonly #store: FlowStore
  #current = new AbortController()

  constructor(store: FlowStore) {
    this.#store = store
  }

  /**
   * @param isQuiet leaves the page usable meanwhile.
   * @returns undefined when a newer request has replaced this one.
   */
  async send<Answer>(
    request: (signal: AbortSignal) => Promise<Answer>,
    isQuiet = false,
  ): Promise<Answer | undefined> {
    this.#current.abort()
    this.#current = new AbortController()
    const { signal } = this.#current
    this.#store.change({ isBusy: !isQuiet, problem: undefined })
    try {
      const answer = await retryUntilAnswered(() => request(signal), {
        signal,
        onProblem: (problem) => this.#store.change({ problem }),
      })
      return signal.aborted ? undefined : answer
    } catch (error) {
      if (signal.aborted) return undefined
      throw error
    }
  }
}
