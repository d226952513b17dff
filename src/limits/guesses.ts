import type { Limit } from './limit.ts'
import type { Limits } from './limits.ts'
import { sourceOf } from './source.ts'

/** Kinds of credentials that can be guessed or tried. The failures of each are counted apart from the others'. */
export type GuessedFactor =
  | 'password'
  | 'userCode'
  | 'oath'
  | 'code'
  | 'recovery'
  | 'kba'
  | 'binding'
  | 'webauthn'

/** When wrong tries lock. */
export type GuessPolicy = {
  /** Wrong tries from one address or known device within the window; 0 never locks an address. */
  maxFailures: number
  windowSeconds: number
  lockSeconds: number
  /** Wrong tries in a row from all other devices together, and from each known device. */
  maxFailuresInARow: number
}

/** Where a try comes from. */
export type GuessOrigin = {
  address: string
  /** Whether the client sent anything that can make its device known. */
  hasDevice: boolean
  /** The id of the device, where the person signed in on it before with this factor. */
  deviceOf(personId: string, factor: GuessedFactor): string | undefined
}

/** Whose credential is tried, of which kind, from where. */
export type Guess = {
  realm: string
  /** Object id of a person, or whatever else the credential belongs to. */
  owner: string
  factor: GuessedFactor
  origin: GuessOrigin
}

/**
 * `isKnown`: from a known device, which locks that others caused don't concern. `hasFailed`: wrong tries in a row came
 * from it. The rest are keys of limits.
 */
export type GuessPlace = { isKnown: boolean; hasFailed: boolean; own: string; row: string }

/**
 * `isLast`: the place is locked from now on. `isAlarm`: the owner is under attack, which was not reported in the last
 * hour.
 */
export type Counted = { kind: 'counted'; isLast: boolean; isAlarm: boolean } | { kind: 'locked' }

/** Long enough to mean "until it is cleared". */
const foreverMs = 100 * 365 * 86_400_000
const dayMs = 86_400_000
const alarmWindowMs = 3_600_000

/** More wrong tries in a row than people make by mistake, spread over however many addresses. */
const alarmAt = 20

/**
 * Long-lived secrets of a few digits: after the last try in a row only a success on a known device or an administrator
 * lets other devices try again. NIST SP 800-63B-4, section 3.2.2, allows 100.
 */
const strictFactors: ReadonlySet<GuessedFactor> = new Set(['oath', 'recovery'])

/**
 * Counts wrong tries of one person's credential: for the address or known device, which is locked for minutes, and in
 * a row for all other devices together, so that a guesser with many addresses is stopped too. A person's known
 * devices are locked by nobody else's tries.
 */
export class Guesses {
  readonly #limits: Limits

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** A known device with too many wrong tries in a row is known no more. */
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
   * Counts a try from the place. Called before a credential is checked, racing tries are exact: no more than the limit
   * are checked.
   */
  async count(guess: Guess, place: GuessPlace, policy: GuessPolicy): Promise<Counted> {
    const own = await this.#limits.take(ownLimit(place, policy))
    if (own.kind === 'full') return { kind: 'locked' }
    const row = await this.#limits.take(rowLimit(guess, place, policy))
    if (row.kind === 'full') return { kind: 'locked' }
    const isLast = own.isLast || row.isLast
    return { kind: 'counted', isLast, isAlarm: await this.isAlarm(guess, isLast, row.count) }
  }

  /** As {@link count}, where the tries in a row from unknown devices are kept elsewhere. */
  async countOwn(guess: Guess, place: GuessPlace, policy: GuessPolicy): Promise<Counted> {
    if (place.isKnown) return this.count(guess, place, policy)
    const own = await this.#limits.take(ownLimit(place, policy))
    if (own.kind === 'full') return { kind: 'locked' }
    return { kind: 'counted', isLast: own.isLast, isAlarm: await this.isAlarm(guess, own.isLast, 0) }
  }

  /** What was counted at the place. Counts nothing. */
  async standing(place: GuessPlace, policy: GuessPolicy): Promise<'locked' | 'failed' | 'clear'> {
    const limit = ownLimit(place, policy)
    if ((await this.#limits.wait(limit)) !== undefined) return 'locked'
    return place.hasFailed || (await this.#limits.countOf(limit.key)) > 0 ? 'failed' : 'clear'
  }

  /** Whether to report an attack: at a lock or after many tries in a row, once in an hour for each owner. */
  async isAlarm({ realm, owner }: Guess, isLast: boolean, inARow: number): Promise<boolean> {
    if (!isLast && inARow !== alarmAt) return false
    const alarm: Limit = { key: `${realm} alarm of ${owner}`, most: 1, windowMs: alarmWindowMs }
    return (await this.#limits.take(alarm)).kind === 'taken'
  }

  /** A right credential clears what was counted where it came from, and nothing else. */
  forgive(place: GuessPlace): Promise<void> {
    return this.#limits.clear([place.own, place.row])
  }

  /** Clears all counts of one factor, or of all factors of the owner. */
  forget(realm: string, owner: string, factor?: GuessedFactor): Promise<void> {
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
