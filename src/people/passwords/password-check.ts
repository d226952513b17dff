import { setTimeout as delay } from 'node:timers/promises'
import { OperationError } from '../../errors.ts'
import type { Guess, Guesses, GuessOrigin, GuessPlace } from '../../limits/guesses.ts'
import { linkedTo } from '../directories/directory-link.ts'
import type { BindVerdict, DirectoryOf } from '../directories/people-directory.ts'
import {
  type Identity,
  isLockedElsewhere,
  type LockoutPolicy,
  noFailures,
  oneMoreFailure,
} from '../identity.ts'
import type { IdentityStore } from '../identity-store.ts'
import { type Person, personOf } from '../managed-object.ts'
import type { Passwords } from './passwords.ts'

/**
 * `locked` is answered whatever the password, for inactive identities too. `isAlarm`: the person is under attack, which
 * was not reported in the last hour.
 */
export type PasswordVerdict =
  | { kind: 'right'; person: Person; mustChange: boolean }
  | { kind: 'wrong' | 'unknown' | 'locked'; isAlarm?: boolean }

/** Only a wrong password writes. All refusals take this long after the check, so that the write cannot be seen. */
const refusalMs = 20

/** Guesses at one identity that write their count at the same time try again this often. */
const maxAttempts = 100

/** The origin of a check that no client asked for. */
export const noOrigin: GuessOrigin = { address: '', hasDevice: false, deviceOf: () => undefined }

/**
 * Checks a password and counts wrong ones. Failures are judged after the check, as they are stored then: guesses
 * sent at once get no more tries than guesses sent one by one.
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

  /** Inactive, or locked for this origin by wrong passwords. */
  async isLocked(identity: Identity, lockout: LockoutPolicy, origin: GuessOrigin): Promise<boolean> {
    if (!identity.isActive) return true
    const place = await this.#guesses.placeOf(guessOf(identity, origin), lockout)
    if (!place.isKnown && isLockedElsewhere(identity.failures, lockout, this.#now())) return true
    return (await this.#guesses.standing(place, lockout)) === 'locked'
  }

  /** Forgets wrong passwords and what they locked. */
  async forgive({ realm, id }: Pick<Identity, 'realm' | 'id'>): Promise<void> {
    await this.#guesses.forget(realm, id, 'password')
    await this.#clearFailures(realm, id)
  }

  async #clearFailures(realm: string, id: string): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const held = await this.#store.read(realm, id)
      if (held === undefined || !hasFailed(held)) return
      if (await this.#store.setFailures(held.id, held.failures, noFailures)) return
    }
    throw new OperationError('The count of wrong passwords could not be cleared: too many change it at once')
  }

  /** A directory is asked while a hash is made, so that its people take no less time than nobody. */
  async #verdict(identity: Identity | undefined, password: string): Promise<BindVerdict> {
    const dn = identity && linkedTo(identity)
    if (identity === undefined || dn === undefined) {
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
    const held = await this.#store.read(realm, id)
    if (held === undefined) return { kind: 'unknown' }
    const guess = guessOf(identity, origin)
    const place = await this.#guesses.placeOf(guess, lockout)
    if (!identity.isActive) return { kind: 'locked' }
    if (!place.isKnown && isLockedElsewhere(held.failures, lockout, this.#now())) return { kind: 'locked' }
    if (!isRight) return this.#count(guess, place, lockout)
    const standing = await this.#guesses.standing(place, lockout)
    if (standing === 'locked') return { kind: 'locked' }
    if (hasFailed(held)) await this.#clearFailures(realm, id)
    if (standing === 'failed') await this.#guesses.forgive(place)
    return { kind: 'right' }
  }

  /** Counts a wrong password for its place, and in a row where that is no known device. */
  async #count(guess: Guess, place: GuessPlace, lockout: LockoutPolicy): Promise<Judged> {
    const own = await this.#guesses.countOwn(guess, place, lockout)
    if (own.kind === 'locked') return own
    const { realm, owner: id } = guess
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const held = await this.#store.read(realm, id)
      if (held === undefined) return { kind: 'unknown' }
      const now = this.#now()
      if (!place.isKnown && isLockedElsewhere(held.failures, lockout, now)) return { kind: 'locked' }
      const failures = place.isKnown ? held.failures : oneMoreFailure(held.failures, lockout, now)
      const lockedUntil = Math.max(failures.lockedUntil, own.isLast ? now + lockout.lockSeconds * 1000 : 0)
      if (await this.#store.setFailures(id, held.failures, { ...failures, lockedUntil })) {
        const isFull = !place.isKnown && failures.count === lockout.maxFailuresInARow
        const isAlarm = own.isAlarm || (await this.#guesses.isAlarm(guess, isFull, failures.count))
        return { kind: 'wrong', ...(isAlarm ? { isAlarm } : {}) }
      }
    }
    throw new OperationError('Wrong passwords could not be counted: too many at once')
  }
}

type Judged = { kind: 'right' | 'wrong' | 'unknown' | 'locked'; isAlarm?: boolean }

function guessOf({ realm, id }: Pick<Identity, 'realm' | 'id'>, origin: GuessOrigin): Guess {
  return { realm, owner: id, factor: 'password', origin }
}

function hasFailed({ failures }: Identity): boolean {
  return failures.count > 0 || failures.lockedUntil > 0
}
