import { BusyError, RequestError } from '../../base/errors.ts'

/** The client that opens a live feed or waits for a response. */
export type FeedReader = {
  /** Hash of the journey session whose authId it presents. */
  journeySession?: string | undefined
  /** Realm and id of the signed-in person. */
  person?: string | undefined
  /** Realm and id of the client whose bearer token it presents. */
  client?: string | undefined
  /** The client's address, or its /64 network. */
  source: string
}

/** The key of a person in a `FeedReader`. */
export function personKey({ realm, identityId }: { realm: string; identityId: string }): string {
  return `${realm} ${identityId}`
}

/** Maximum open feeds and waiting responses. */
export type FeedBounds = {
  all: number
  /** For clients without a bearer token. Signed-in people and others count separately. */
  perAddress: number
  /** Called for each refusal, with its name in metrics. */
  refused?(problem: string): void
}

/** A page has one feed and one waiting response, and briefly those of its previous connection. */
export const feedsPerJourneySession = 10

/** An agent has one feed per visible check, possibly in several tabs. */
export const feedsPerPerson = 100

type Holder = { key: string; name: string; max: number }

/** Limits live feeds and waiting responses. Clients without sign-in can use at most half of the slots. */
export class FeedSlots {
  readonly #bounds: FeedBounds
  readonly #taken = new Map<string, number>()
  #size = 0

  constructor(bounds: FeedBounds) {
    this.#bounds = bounds
  }

  get size(): number {
    return this.#size
  }

  /**
   * @returns a function that releases the slot; a second call does nothing.
   * @throws BusyError if all slots are taken. @throws RequestError 429 if this client has too many.
   */
  take(reader: FeedReader): () => void {
    if (this.#size >= this.#bounds.all) throw new BusyError('feeds', 'too many live feeds are open')
    this.#take(holdersOf(reader, this.#bounds))
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      this.#size--
      // Derived again, because thousands of open feeds would each keep its holders.
      for (const { key } of holdersOf(reader, this.#bounds)) this.#release(key)
    }
  }

  #take(holders: readonly Holder[]): void {
    const full = holders.find(({ key, max }) => this.#countOf(key) >= max)
    if (full !== undefined) {
      this.#bounds.refused?.(problem)
      throw tooManyFeeds(full.name)
    }
    for (const { key } of holders) this.#taken.set(key, this.#countOf(key) + 1)
    this.#size++
  }

  #countOf(key: string): number {
    return this.#taken.get(key) ?? 0
  }

  #release(key: string): void {
    const left = this.#countOf(key) - 1
    if (left > 0) this.#taken.set(key, left)
    else this.#taken.delete(key)
  }
}

/** The counters that a feed counts towards. */
function holdersOf({ journeySession, person, client, source }: FeedReader, bounds: FeedBounds): Holder[] {
  const { all, perAddress } = bounds
  const half = Math.ceil(all / 2)
  // rule S10: otherwise one client with a bearer token takes all live feeds
  if (client !== undefined) return [{ key: `client ${client}`, name: 'client', max: half }]
  // rule S10: otherwise the holder of one authId can take all live feeds
  const journey = { key: `journey ${journeySession}`, name: 'journey session', max: feedsPerJourneySession }
  return [
    ...(journeySession === undefined ? [] : [journey]),
    ...(person === undefined
      ? [
          // rule S10: otherwise one address without a sign-in takes all live feeds
          { key: `address ${source}`, name: 'address', max: perAddress },
          // rule S10: otherwise clients that are not signed in take all live feeds from the agents
          { key: 'not signed in', name: 'kind of client', max: half },
        ]
      : [
          // rule S10: otherwise one person takes all live feeds
          { key: `person ${person}`, name: 'person', max: feedsPerPerson },
          // rule S10: otherwise one address with sign-ins takes all live feeds
          { key: `address of people ${source}`, name: 'address', max: perAddress },
        ]),
  ]
}

/** Code in responses and metrics. */
const problem = 'tooManyFeeds'

function tooManyFeeds(name: string): RequestError {
  return new RequestError(429, `Too many live feeds and waiting responses are open for this ${name}`, {
    problem,
    retryAfterSeconds: 5,
  })
}
