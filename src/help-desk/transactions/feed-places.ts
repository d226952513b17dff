import { BusyError, RequestError } from '../../errors.ts'

/** The client that opens a live feed or waits for a held answer. */
export type FeedReader = {
  /** The journey session whose authId it has; its hash. */
  journeySession?: string | undefined
  /** The person who is signed in: realm and id. */
  person?: string | undefined
  /** The client whose bearer token it has: realm and id. */
  client?: string | undefined
  /** The network address that it comes from, or its network of 64 bits. */
  source: string
}

/** A person as `FeedReader` names them. */
export function personKey({ realm, identityId }: { realm: string; identityId: string }): string {
  return `${realm} ${identityId}`
}

/** How many feeds and held answers can be open at once. */
export type FeedBounds = {
  all: number
  /** For clients without a bearer token, separately for those who are signed in and for those who aren't. */
  perAddress: number
  /** Told of each client that had too many, by a word for metrics. */
  refused?(problem: string): void
}

/** A page has one feed and one held answer open, and for a moment those of its former connection. */
export const feedsPerJourneySession = 10

/** An agent has one feed for each check on the page, in some tabs. */
export const feedsPerPerson = 100

type Holder = { key: string; name: string; most: number }

/** The places for live feeds and held answers. Clients that aren't signed in can take half of them. */
export class FeedPlaces {
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
   * @returns a function that gives the place back; calling it twice does no harm.
   * @throws BusyError when all places are taken. @throws RequestError 429 when this client has too many.
   */
  take(reader: FeedReader): () => void {
    if (this.#size >= this.#bounds.all) throw new BusyError('feeds', 'too many live feeds are open')
    const holders = holdersOf(reader, this.#bounds)
    const full = holders.find(({ key, most }) => this.#countOf(key) >= most)
    if (full !== undefined) {
      this.#bounds.refused?.(problem)
      throw tooManyFeeds(full.name)
    }
    for (const { key } of holders) this.#taken.set(key, this.#countOf(key) + 1)
    this.#size++
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      this.#size--
      for (const { key } of holders) this.#giveBack(key)
    }
  }

  #countOf(key: string): number {
    return this.#taken.get(key) ?? 0
  }

  #giveBack(key: string): void {
    const left = this.#countOf(key) - 1
    if (left > 0) this.#taken.set(key, left)
    else this.#taken.delete(key)
  }
}

/** Everybody whom a feed counts for. */
function holdersOf({ journeySession, person, client, source }: FeedReader, bounds: FeedBounds): Holder[] {
  const { all, perAddress } = bounds
  const half = Math.ceil(all / 2)
  if (client !== undefined) return [{ key: `client ${client}`, name: 'client', most: half }]
  const journey = { key: `journey ${journeySession}`, name: 'journey session', most: feedsPerJourneySession }
  return [
    ...(journeySession === undefined ? [] : [journey]),
    ...(person === undefined
      ? [
          { key: `address ${source}`, name: 'address', most: perAddress },
          { key: 'not signed in', name: 'kind of client', most: half },
        ]
      : [
          { key: `person ${person}`, name: 'person', most: feedsPerPerson },
          { key: `address of people ${source}`, name: 'address', most: perAddress },
        ]),
  ]
}

/** Word for programs in answers and metrics. */
const problem = 'tooManyFeeds'

function tooManyFeeds(name: string): RequestError {
  return new RequestError(429, `Too many live feeds and held answers are open for this ${name}`, {
    problem,
    retryAfterSeconds: 5,
  })
}
