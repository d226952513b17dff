import { setTimeout as delay } from 'node:timers/promises'
import { OperationError } from '../../base/errors.ts'
import type { Guess, Guesses, GuessOrigin, GuessPlace } from '../../limits/guesses.ts'
import { linkedTo } from '../directories/directory-link.ts'
import type { BindVerdict, DirectoryOf } from '../directories/people-directory.ts'
import { type Identity, isLockedElsewhere, type LockoutPolicy, noFailures, withFailure } from '../identity.ts'
import type { IdentityStore } from '../identity-store.ts'
import { type Person, personOf } from '../managed-object.ts'
import type { Passwords } from './passwords.ts'

/**
 * `locked`: for any password, also for inactive identities. `isAlarm`: the person is under attack, and no alarm was raised
 * in the last hour.
 */
export type PasswordVerdict =
  | { kind: 'right'; person: Person; mustChange: boolean }
  | { kind: 'wrong' | 'unknown' | 'locked'; isAlarm?: boolean }

/** Minimum time of a refusal after the check. Hides the write that only a wrong password makes. */
const refusalMs = 20

/** Maximum attempts to write a count after concurrent guesses. */
const maxAttempts = 100

/** Origin of checks without a client request. */
export const noOrigin: GuessOrigin = { address: '', hasBrowserCookie: false, browserOf: () => undefined }

/**
 * Checks passwords and counts wrong ones. The stored failures are read after the check, so that concurrent guesses get no
 * more attempts than sequential ones.
 */
export class PasswordCheck {
  readonly #store: IdentityStore
  readonly #passwords: Passwords
  readonly #now: () => number
  readonly #guesses: Guesses
  readonly #directoryOf: DirectoryOf

  constructor(
    store: IdentityStore,
    passwords: Passwords,
    now: () => number,
    guesses: Guesses,
    directoryOf: DirectoryOf = async () => undefined,
  ) {
    this.#directoryOf = directoryOf
    this.#store = store
    this.#passwords = passwords
    this.#now = now
    this.#guesses = guesses
  }

  async check(
    identity: Identity | undefined,
    password: string,
    lockout: LockoutPolicy,
    origin: GuessOrigin = noOrigin,
  ): Promise<PasswordVerdict> {
    const found = await this.#verdict(identity, password)
    const checkedAt = performance.now()
    const isRight = found === 'right' || found === 'due'
    const judged: Judged =
      identity === undefined ? { kind: 'unknown' } : await this.#judge(identity, isRight, lockout, origin)
    if (judged.kind === 'right' && identity !== undefined) {
      const mustChange = identity.mustChangePassword || found === 'due'
      return { kind: 'right', person: personOf(identity), mustChange }
    }
    if (found === 'locked' && judged.kind === 'wrong') return { ...judged, kind: 'locked' }
    await delay(Math.max(0, refusalMs - (performance.now() - checkedAt)))
    return judged.kind === 'right' ? { kind: 'unknown' } : { ...judged, kind: judged.kind }
  }

  /** True for inactive people and for people locked for this origin by wrong passwords. */
  async isLocked(identity: Identity, lockout: LockoutPolicy, origin: GuessOrigin): Promise<boolean> {
    if (!identity.isActive) return true
    const place = await this.#guesses.placeOf(guessOf(identity, origin), lockout)
    if (!place.isKnown && isLockedElsewhere(identity.failures, lockout, this.#now())) return true
    return (await this.#guesses.stateOf(place, lockout)) === 'locked'
  }

  /** Clears the count of wrong passwords and ends their lockout. */
  async clearAttempts({ realm, id }: Pick<Identity, 'realm' | 'id'>): Promise<void> {
    await this.#guesses.reset(realm, id, 'password')
    await this.#clearFailures(realm, id)
  }

  async #clearFailures(realm: string, id: string): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const current = await this.#store.read(realm, id, true)
      if (current === undefined || !hasFailed(current)) return
      if (await this.#store.setFailures(current.id, current.failures, noFailures)) return
    }
    throw new OperationError(
      'The count of wrong passwords could not be cleared because of concurrent changes',
    )
  }

  /** Asks the directory while a hash is computed, so that linked people take no less time than unknown usernames. */
  async #verdict(identity: Identity | undefined, password: string): Promise<BindVerdict> {
    const dn = identity && linkedTo(identity)
    if (identity === undefined || dn === undefined) {
      // rule H9: otherwise an unknown name is rejected faster than a known one
      return (await this.#passwords.verify(identity?.passwordHash, password)) ? 'right' : 'wrong'
    }
    const bound = async () =>
      (await this.#directoryOf(identity.realm))?.checkPassword(dn, password) ?? 'wrong'
    const [verdict] = await Promise.all([bound(), this.#passwords.verify(undefined, password)])
    return verdict
  }

  async #judge(
    identity: Identity,
    isRight: boolean,
    lockout: LockoutPolicy,
    origin: GuessOrigin,
  ): Promise<Judged> {
    const { realm, id } = identity
    const current = await this.#store.read(realm, id, true)
    // At revision 0, the step that checks the password creates the person, whom nobody can have attacked yet.
    if (current === undefined) {
      return { kind: isRight && identity.rev === 0 && identity.isActive ? 'right' : 'unknown' }
    }
    const guess = guessOf(identity, origin)
    const place = await this.#guesses.placeOf(guess, lockout)
    if (!identity.isActive) return { kind: 'locked' }
    if (!place.isKnown && isLockedElsewhere(current.failures, lockout, this.#now())) return { kind: 'locked' }
    if (!isRight) return this.#count(guess, place, lockout)
    const standing = await this.#guesses.stateOf(place, lockout)
    if (standing === 'locked') return { kind: 'locked' }
    if (hasFailed(current)) await this.#clearFailures(realm, id)
    if (standing === 'failed') await this.#guesses.clear(place)
    return { kind: 'right' }
  }

  /** Counts a wrong password for its place, and as a consecutive failure if it came from an unknown browser. */
  async #count(guess: Guess, place: GuessPlace, lockout: LockoutPolicy): Promise<Judged> {
    const own = await this.#guesses.countOwn(guess, place, lockout)
    if (own.kind === 'locked') return own
    const { realm, owner: id } = guess
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const current = await this.#store.read(realm, id, true)
      if (current === undefined) return { kind: 'unknown' }
      const now = this.#now()
      if (!place.isKnown && isLockedElsewhere(current.failures, lockout, now)) return { kind: 'locked' }
      const failures = place.isKnown ? current.failures : withFailure(current.failures, lockout, now)
      const lockedUntil = Math.max(failures.lockedUntil, own.isLast ? now + lockout.lockSeconds * 1000 : 0)
      if (await this.#store.setFailures(id, current.failures, { ...failures, lockedUntil })) {
        const isFull = !place.isKnown && failures.count === lockout.maxFailuresInARow
        const isAlarm = own.isAlarm || (await this.#guesses.claimAlarm(guess, isFull, failures.count))
        return { kind: 'wrong', ...(isAlarm ? { isAlarm } : {}) }
      }
    }
    throw new OperationError('Wrong passwords could not be counted because of concurrent changes')
  }
}

type Judged = { kind: 'right' | 'wrong' | 'unknown' | 'locked'; isAlarm?: boolean }

function guessOf({ realm, id }: Pick<Identity, 'realm' | 'id'>, origin: GuessOrigin): Guess {
  return { realm, owner: id, factor: 'password', origin }
}

function hasFailed({ failures }: Identity): boolean {
  return failures.count > 0 || failures.lockedUntil > 0
}
