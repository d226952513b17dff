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

/** The origin of an attempt. */
export type GuessOrigin = {
  address: string
  /** Whether the client sent a cookie that can identify its browser. */
  hasBrowserCookie: boolean
  /** The id of the browser, if the person has signed in there with this factor. */
  browserOf(personId: string, factor: GuessedFactor): string | undefined
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
 */
export type GuessPlace = { isKnown: boolean; hasFailed: boolean; ownKey: string; inARowKey: string }

/** `isLast`: the place is locked from now on. `isAlarm`: report an attack on the owner (at most once an hour). */
export type Counted = { kind: 'counted'; isLast: boolean; isAlarm: boolean } | { kind: 'locked' }

/** Practically forever: until it is cleared. */
const foreverMs = 100 * 365 * 86_400_000
const dayMs = 86_400_000
const alarmWindowMs = 3_600_000

/** More consecutive failures over all addresses than people cause by mistake. */
const alarmAt = 20

/**
 * Long-lived secrets with few digits. After the last allowed consecutive failure, only a success in a known browser or an
 * administrator unlocks them for other browsers. NIST SP 800-63B-4, section 3.2.2, allows 100 failures.
 */
// rule S05: otherwise an attacker gets new attempts at the authenticator app every day
const strictFactors: ReadonlySet<GuessedFactor> = new Set(['oath', 'recovery'])

/**
 * Counts failed attempts at one person's credential: per address or known browser, which locks for minutes, and consecutively
 * over all unknown browsers, which stops an attacker with many addresses. Attempts elsewhere never lock a person's known
 * browsers.
 */
export class Guesses {
  readonly #limits: Limits

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** A known browser with too many consecutive failures counts as unknown. */
  async placeOf(guess: Guess, { maxFailuresInARow }: GuessPolicy): Promise<GuessPlace> {
    const prefix = prefixOf(guess)
    const browser = guess.origin.browserOf(guess.owner, guess.factor)
    if (browser !== undefined) {
      const inARowKey = `${prefix}in a row on device ${browser}`
      const failures = await this.#limits.countOf(inARowKey)
      // rule S12: otherwise an attacker can lock the owner out of a known browser, or a known browser has unlimited attempts
      if (failures < maxFailuresInARow) {
        return {
          isKnown: true,
          hasFailed: failures > 0,
          ownKey: `${prefix}on device ${browser}`,
          inARowKey,
        }
      }
    }
    // rule S12: otherwise wrong passwords from one address lock the person everywhere
    const ownKey = `${prefix}from ${sourceOf(guess.origin.address)}`
    return { isKnown: false, hasFailed: false, ownKey, inARowKey: `${prefix}in a row elsewhere` }
  }

  /**
   * Counts an attempt. Call it before the check of the credential: then concurrent attempts can't get more checks than the
   * limit allows.
   */
  async count(guess: Guess, place: GuessPlace, policy: GuessPolicy): Promise<Counted> {
    const own = await this.#limits.take(ownLimit(place, policy))
    if (own.kind === 'full') return { kind: 'locked' }
    const inARow = await this.#limits.take(inARowLimit(guess, place, policy))
    // rule S05: otherwise an attacker with many addresses has a hundred attempts from each
    if (inARow.kind === 'full') return { kind: 'locked' }
    const isLast = own.isLast || inARow.isLast
    return { kind: 'counted', isLast, isAlarm: await this.claimAlarm(guess, isLast, inARow.count) }
  }

  /** The same as {@link count}, for callers that count consecutive failures of unknown browsers themselves. */
  async countOwn(guess: Guess, place: GuessPlace, policy: GuessPolicy): Promise<Counted> {
    if (place.isKnown) return this.count(guess, place, policy)
    const own = await this.#limits.take(ownLimit(place, policy))
    if (own.kind === 'full') return { kind: 'locked' }
    return { kind: 'counted', isLast: own.isLast, isAlarm: await this.claimAlarm(guess, own.isLast, 0) }
  }

  /** The state of a place. Doesn't count. */
  async stateOf(place: GuessPlace, policy: GuessPolicy): Promise<'locked' | 'failed' | 'clear'> {
    const limit = ownLimit(place, policy)
    if ((await this.#limits.wait(limit)) !== undefined) return 'locked'
    return place.hasFailed || (await this.#limits.countOf(limit.key)) > 0 ? 'failed' : 'clear'
  }

  /** Whether to report an attack: on a lock or after many consecutive failures, once an hour per owner. */
  async claimAlarm({ realm, owner }: Guess, isLast: boolean, inARow: number): Promise<boolean> {
    if (!isLast && inARow !== alarmAt) return false
    const alarm: Limit = { key: `${realm} alarm of ${owner}`, max: 1, windowMs: alarmWindowMs }
    // rule S12: otherwise an attack floods the audit trail with alarms
    return (await this.#limits.take(alarm)).kind === 'taken'
  }

  /** Clears the counts of a place after a success there. Other places keep theirs. */
  clear(place: GuessPlace): Promise<void> {
    return this.#limits.clear([place.ownKey, place.inARowKey])
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
  // rule S05: otherwise a success of one factor clears the count of another
  return `${ownerPrefix(realm, owner)}${factor} `
}

function ownLimit(
  { ownKey: key }: GuessPlace,
  { maxFailures: max, windowSeconds, lockSeconds }: GuessPolicy,
): Limit {
  return { key, max, windowMs: windowSeconds * 1000, lockMs: lockSeconds * 1000 }
}

function inARowLimit(
  { factor }: Guess,
  { inARowKey: key, isKnown }: GuessPlace,
  { maxFailuresInARow: max }: GuessPolicy,
): Limit {
  const isStrict = isKnown || strictFactors.has(factor)
  return { key, max, windowMs: foreverMs, ...(isStrict ? {} : { lockMs: dayMs }) }
}
