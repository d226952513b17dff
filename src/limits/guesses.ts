import type { Limit } from './limit.ts'
import type { Limits } from './limits.ts'
import { sourceOf } from './source.ts'

/** Credentials that can be guessed. Failures are counted per factor. */
export type GuessedFactor =
  | 'password'
  | 'userCode'
  | 'oath'
  | 'code'
  | 'recovery'
  | 'kba'
  | 'binding'
  | 'webauthn'

/** When failed attempts lock a credential. */
export type GuessPolicy = {
  /** Failures from one address or known browser within the window; 0 never locks an address. */
  maxFailures: number
  windowSeconds: number
  lockSeconds: number
  /** Consecutive failures from all unknown browsers together, and from each known one. */
  maxFailuresInARow: number
}

/** Where an attempt comes from. */
export type GuessOrigin = {
  address: string
  /** Whether the client sent a cookie that can identify its browser. */
  hasDevice: boolean
  /** The id of the browser, if the person has signed in there with this factor. */
  deviceOf(personId: string, factor: GuessedFactor): string | undefined
}

export type Guess = {
  realm: string
  /** Object id of the person, or another owner of the credential. */
  owner: string
  factor: GuessedFactor
  origin: GuessOrigin
}

/**
 * `isKnown`: a known browser, which failures elsewhere don't lock. `hasFailed`: it has consecutive failures of its own.
 * `own` and `row` are limit keys.
 */
export type GuessPlace = { isKnown: boolean; hasFailed: boolean; own: string; row: string }

/** `isLast`: the place is locked from now on. `isAlarm`: report an attack on the owner (at most once an hour). */
export type Counted = { kind: 'counted'; isLast: boolean; isAlarm: boolean } | { kind: 'locked' }

/** In effect: until it is cleared. */
const foreverMs = 100 * 365 * 86_400_000
const dayMs = 86_400_000
const alarmWindowMs = 3_600_000

/** More consecutive failures than people make by mistake, over all addresses together. */
const alarmAt = 20

/**
 * Long-lived secrets with few digits. After the last consecutive failure, only a success in a known browser or an
 * administrator unlocks them for other browsers. NIST SP 800-63B-4, section 3.2.2, allows 100 failures.
 */
const strictFactors: ReadonlySet<GuessedFactor> = new Set(['oath', 'recovery'])

/**
 * Counts failed attempts at one person's credential: per address or known browser, which locks for minutes, and
 * consecutively over all unknown browsers, which stops a guesser with many addresses. Attempts elsewhere never lock a
 * person's known browsers.
 */
export class Guesses {
  readonly #limits: Limits

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** A known browser with too many consecutive failures counts as unknown. */
  async placeOf(guess: Guess, { maxFailuresInARow }: GuessPolicy): Promise<GuessPlace> {
    const prefix = prefixOf(guess)
    const device = guess.origin.deviceOf(guess.owner, guess.factor)
    if (device !== undefined) {
      const row = `${prefix}in a row on device ${device}`
      const failures = await this.#limits.countOf(row)
      if (failures < maxFailuresInARow) {
        return { isKnown: true, hasFailed: failures > 0, own: `${prefix}on device ${device}`, row }
      }
    }
    const own = `${prefix}from ${sourceOf(guess.origin.address)}`
    return { isKnown: false, hasFailed: false, own, row: `${prefix}in a row elsewhere` }
  }

  /**
   * Counts an attempt. Call it before the credential is checked: then racing attempts can't check more often than the
   * limit allows.
   */
  async count(guess: Guess, place: GuessPlace, policy: GuessPolicy): Promise<Counted> {
    const own = await this.#limits.take(ownLimit(place, policy))
    if (own.kind === 'full') return { kind: 'locked' }
    const row = await this.#limits.take(rowLimit(guess, place, policy))
    if (row.kind === 'full') return { kind: 'locked' }
    const isLast = own.isLast || row.isLast
    return { kind: 'counted', isLast, isAlarm: await this.isAlarm(guess, isLast, row.count) }
  }

  /** The same as {@link count}, for callers that count consecutive failures of unknown browsers themselves. */
  async countOwn(guess: Guess, place: GuessPlace, policy: GuessPolicy): Promise<Counted> {
    if (place.isKnown) return this.count(guess, place, policy)
    const own = await this.#limits.take(ownLimit(place, policy))
    if (own.kind === 'full') return { kind: 'locked' }
    return { kind: 'counted', isLast: own.isLast, isAlarm: await this.isAlarm(guess, own.isLast, 0) }
  }

  /** The state of a place. Counts nothing. */
  async standing(place: GuessPlace, policy: GuessPolicy): Promise<'locked' | 'failed' | 'clear'> {
    const limit = ownLimit(place, policy)
    if ((await this.#limits.wait(limit)) !== undefined) return 'locked'
    return place.hasFailed || (await this.#limits.countOf(limit.key)) > 0 ? 'failed' : 'clear'
  }

  /** Whether to report an attack: on a lock or after many consecutive failures, once an hour per owner. */
  async isAlarm({ realm, owner }: Guess, isLast: boolean, inARow: number): Promise<boolean> {
    if (!isLast && inARow !== alarmAt) return false
    const alarm: Limit = { key: `${realm} alarm of ${owner}`, most: 1, windowMs: alarmWindowMs }
    return (await this.#limits.take(alarm)).kind === 'taken'
  }

  /** Clears the counts of a place after a success there. Other places keep theirs. */
  forgive(place: GuessPlace): Promise<void> {
    return this.#limits.clear([place.own, place.row])
  }

  /** Clears all counts of one factor, or of all factors of the owner. */
  reset(realm: string, owner: string, factor?: GuessedFactor): Promise<void> {
    return this.#limits.clearBelow(`${ownerPrefix(realm, owner)}${factor === undefined ? '' : `${factor} `}`)
  }
}

function ownerPrefix(realm: string, owner: string): string {
  return `${realm} tries of ${owner} `
}

function prefixOf({ realm, owner, factor }: Guess): string {
  return `${ownerPrefix(realm, owner)}${factor} `
}

function ownLimit(
  { own: key }: GuessPlace,
  { maxFailures: most, windowSeconds, lockSeconds }: GuessPolicy,
): Limit {
  return { key, most, windowMs: windowSeconds * 1000, lockMs: lockSeconds * 1000 }
}

function rowLimit(
  { factor }: Guess,
  { row: key, isKnown }: GuessPlace,
  { maxFailuresInARow: most }: GuessPolicy,
): Limit {
  const isStrict = isKnown || strictFactors.has(factor)
  return { key, most, windowMs: foreverMs, ...(isStrict ? {} : { lockMs: dayMs }) }
}
