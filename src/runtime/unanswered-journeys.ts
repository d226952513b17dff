import { BusyError, tooManyRequests } from '../base/errors.ts'
import { networksOf } from '../limits/source.ts'
import { SourceTree } from '../limits/source-tree.ts'

/** Retry-After for an agent who started too many journeys. */
const retryMs = 30_000

/** The client that started a journey. Only what it can't choose at will tells two of a kind apart. */
export type Starter =
  /** `person`: realm and id. */
  | { kind: 'agent' | 'person'; person: string }
  /** `transaction`: the hash of its id, which only people with the link know. */
  | { kind: 'caller'; transaction: string }
  | { kind: 'anonymous'; address: string }

/**
 * The journeys that were started on this server and not answered yet. Anonymous clients can start journeys, and each one is
 * stored, so their number needs a bound. Above the bound, the largest source loses its oldest journey, so that a flood
 * displaces itself. Journeys of agents are never dropped: an agent may wait in one. An answer that arrives at another server
 * leaves the entry until it expires.
 */
export class UnansweredJourneys {
  readonly #max: number
  /** Maximum for one person, transaction, address or network. */
  readonly #maxOfSource: number
  readonly #ofAgents = new SourceTree()
  readonly #ofOthers = new SourceTree()

  /** @param max for all agents, and for all others together. One source can have a tenth of it. */
  constructor(max: number) {
    this.#max = max
    this.#maxOfSource = Math.ceil(max / 10)
  }

  /**
   * Call before a journey runs. Only agents can be refused.
   * @throws RequestError 429 when this agent has too many. @throws BusyError when all agents have.
   */
  admit(starter: Starter, now: number): void {
    if (starter.kind !== 'agent') return
    this.#ofAgents.removeExpired(now)
    // rule S27: otherwise one agent can start unlimited journeys
    if (this.#ofAgents.sizeOf(starter.person) >= this.#maxOfSource) {
      throw tooManyRequests({
        problem: 'tooManyJourneys',
        message: 'Too many journeys of this person were started and not answered',
        waitMs: retryMs,
      })
    }
    if (this.#ofAgents.size >= this.#max)
      throw new BusyError('journeys', 'too many journeys wait for an answer')
  }

  /**
   * Adds a journey that waits for its first answer.
   * @param now and expiresAt are epoch milliseconds.
   * @returns the journey that makes room for it, which the caller must delete.
   */
  add(idHash: string, starter: Starter, expiresAt: number, now: number): string | undefined {
    // rule S27: otherwise a flood drops journeys of agents
    if (starter.kind === 'agent') {
      this.#ofAgents.add(idHash, [starter.person], expiresAt)
      return undefined
    }
    const sources = sourcesOf(starter)
    this.#ofOthers.removeExpired(now)
    this.#ofOthers.add(
      idHash,
      [
        // rule S27: otherwise a flood drops journeys of signed-in people and callers
        starter.kind,
        ...sources,
      ],
      expiresAt,
    )
    const dropped = this.#dropped(sources)
    if (dropped !== undefined) this.#ofOthers.remove(dropped)
    return dropped
  }

  /** Journeys that wait for an answer. Some may have expired since. */
  size(): number {
    return this.#ofAgents.size + this.#ofOthers.size
  }

  /** Removes a journey that was answered. Unknown journeys are ignored. */
  remove(idHash: string): void {
    this.#ofAgents.remove(idHash)
    this.#ofOthers.remove(idHash)
  }

  /** The kinds of starters are the outermost sources: each keeps its part of the bound while another kind is larger. */
  #dropped(sources: readonly string[]): string | undefined {
    const crowded = sources.find((source) => this.#ofOthers.sizeOf(source) > this.#maxOfSource)
    // rule S27: otherwise one network can start unlimited journeys
    if (crowded !== undefined) return this.#ofOthers.oldestOfLargest(crowded)
    // rule S27: otherwise journeys that wait for a first answer have no limit
    return this.#ofOthers.size > this.#max ? this.#ofOthers.oldestOfLargest() : undefined
  }
}

function sourcesOf(starter: Starter): string[] {
  switch (starter.kind) {
    case 'agent':
    case 'person':
      return [starter.person]
    case 'caller':
      return [starter.transaction]
    case 'anonymous':
      return networksOf(starter.address)
  }
}
