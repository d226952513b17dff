import { untilAnswered } from './persistence.ts'
import type { WalkStore } from './state.ts'

/** Asks one thing at a time: what is asked last is what counts, and gives up what was asked before. */
export class Requests {
  readonly #store: WalkStore
  #current = new AbortController()

  constructor(store: WalkStore) {
    this.#store = store
  }

  /**
   * @param isQuiet whether the person may do something meanwhile.
   * @returns undefined when something else was asked before there was an answer.
   */
  async ask<Answer>(
    send: (signal: AbortSignal) => Promise<Answer>,
    isQuiet = false,
  ): Promise<Answer | undefined> {
    this.#current.abort()
    this.#current = new AbortController()
    const { signal } = this.#current
    this.#store.change({ isBusy: !isQuiet, trouble: undefined })
    try {
      const answer = await untilAnswered(() => send(signal), {
        signal,
        trouble: (trouble) => this.#store.change({ trouble }),
      })
      return signal.aborted ? undefined : answer
    } catch (error) {
      if (signal.aborted) return undefined
      throw error
    }
  }
}
