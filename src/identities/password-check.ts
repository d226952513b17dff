import { setTimeout as delay } from 'node:timers/promises'
import { OperationError } from '../errors.ts'
import { linkedTo } from './directory-link.ts'
import { type Identity, type LockoutPolicy, noFailures, oneMoreFailure } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'
import { type Person, personOf } from './managed-object.ts'
import type { Passwords } from './passwords.ts'
import type { BindVerdict, DirectoryOf } from './people-directory.ts'

/** `locked` is answered whatever the password, for inactive identities too. */
export type PasswordVerdict =
  | { kind: 'right'; person: Person; mustChange: boolean }
  | { kind: 'wrong' | 'unknown' | 'locked' }

/** Only a wrong password writes. All refusals take this long after the check, so that the write cannot be seen. */
const refusalMs = 20

/** Guesses at one identity that write their count at the same time try again this often. */
const maxAttempts = 100

/**
 * Checks a password and counts wrong ones. Failures are judged after the check, as they are stored then: guesses
 * sent at once get no more tries than guesses sent one by one.
 */
export class PasswordCheck {
  readonly #store: IdentityStore
  readonly #passwords: Passwords
  readonly #now: () => number
  readonly #directoryOf: DirectoryOf

  constructor(
    store: IdentityStore,
    passwords: Passwords,
    now: () => number,
    directoryOf: DirectoryOf = async () => undefined,
  ) {
    this.#directoryOf = directoryOf
    this.#store = store
    this.#passwords = passwords
    this.#now = now
  }

  async check(
    identity: Identity | undefined,
    password: string,
    lockout: LockoutPolicy,
  ): Promise<PasswordVerdict> {
    const found = await this.#verdict(identity, password)
    const checkedAt = performance.now()
    const isRight = found === 'right' || found === 'due'
    const kind = identity === undefined ? 'unknown' : await this.#judge(identity, isRight, lockout)
    if (kind === 'right' && identity !== undefined) {
      const mustChange = identity.mustChangePassword || found === 'due'
      return { kind, person: personOf(identity), mustChange }
    }
    if (found === 'locked' && kind === 'wrong') return { kind: 'locked' }
    await delay(Math.max(0, refusalMs - (performance.now() - checkedAt)))
    return { kind: kind === 'right' ? 'unknown' : kind }
  }

  /** Inactive, or locked out by wrong passwords. */
  isLocked({ isActive, failures }: Pick<Identity, 'isActive' | 'failures'>): boolean {
    return !isActive || failures.lockedUntil > this.#now()
  }

  /** Forgets wrong passwords and what they locked. */
  async forgive(identity: Pick<Identity, 'realm' | 'id'>): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const held = await this.#store.read(identity.realm, identity.id)
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
    { realm, id, isActive }: Identity,
    isRight: boolean,
    lockout: LockoutPolicy,
  ): Promise<PasswordVerdict['kind']> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const held = await this.#store.read(realm, id)
      if (held === undefined) return 'unknown'
      const now = this.#now()
      if (!isActive || held.failures.lockedUntil > now) return 'locked'
      if (isRight && !hasFailed(held)) return 'right'
      const failures = isRight ? noFailures : oneMoreFailure(held.failures, lockout, now)
      if (await this.#store.setFailures(id, held.failures, failures)) return isRight ? 'right' : 'wrong'
    }
    throw new OperationError('Wrong passwords could not be counted: too many at once')
  }
}

function hasFailed({ failures }: Identity): boolean {
  return failures.count > 0 || failures.lockedUntil > 0
}
