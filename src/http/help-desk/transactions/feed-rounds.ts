/** Something that is visited once in each round. */
export type Visited = { visit(): void }

/** Duration of a round, and so the keep-alive interval of feeds. */
export const roundMs = 30_000

const stopMs = 20

const stopCount = roundMs / stopMs

/**
 * Visits all open feeds once every thirty seconds with one timer. They are spread evenly over the round, so that thousands of
 * feeds that were opened at the same moment are not visited at the same moment.
 */
export class FeedRounds {
  readonly #stops = Array.from({ length: stopCount }, () => new Set<Visited>())
  #current = 0
  #size = 0
  #timer: NodeJS.Timeout | undefined

  /** @returns the stop of the feed, for `remove`. */
  add(feed: Visited): number {
    this.#timer ??= setInterval(() => this.#visitNext(), stopMs)
    const stop = this.#stopForNext()
    this.#stops[stop]?.add(feed)
    this.#size++
    return stop
  }

  remove(feed: Visited, stop: number): void {
    if (this.#stops[stop]?.delete(feed) !== true) return
    this.#size--
    if (this.#size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #visitNext(): void {
    this.#current = (this.#current + 1) % stopCount
    for (const feed of this.#stops[this.#current] ?? []) feed.visit()
  }

  /** The stop that is visited last from now, of those with no more feeds than the average. */
  #stopForNext(): number {
    const average = Math.floor(this.#size / stopCount)
    let stop = this.#current
    while ((this.#stops[stop]?.size ?? 0) > average) stop = (stop + stopCount - 1) % stopCount
    return stop
  }
}
