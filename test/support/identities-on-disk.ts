import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Guesses } from '../../src/limits/guesses.ts'
import type { LimitStore } from '../../src/limits/limit-store.ts'
import { Limits } from '../../src/limits/limits.ts'
import { Identities } from '../../src/people/identities.ts'
import type { LockoutPolicy } from '../../src/people/identity.ts'
import type { IdentityStore } from '../../src/people/identity-store.ts'
import { Passwords } from '../../src/people/passwords/passwords.ts'
import { openStores } from '../../src/store/stores.ts'

export const lockout: LockoutPolicy = {
  maxFailures: 3,
  windowSeconds: 600,
  lockSeconds: 300,
  maxFailuresInARow: 100,
}

export const password = 'Alex-Pass-2026'

/** A managed object that satisfies every policy. */
export const alex = {
  userName: 'alex',
  givenName: 'Alex',
  sn: 'Caller',
  mail: 'alex@example.com',
  password,
}

export type IdentitiesOnDisk = {
  identities: Identities
  store: IdentityStore
  guesses: Guesses
  /** Epoch milliseconds, which tests can change. */
  clock: { now: number }
  close(): Promise<void>
}

export function guessesOver(store: LimitStore, now: () => number): Guesses {
  return new Guesses(new Limits(store, now))
}

/** Identities in a real SQLite database with its own folder, and a clock that stands still. */
export async function identitiesOnDisk(): Promise<IdentitiesOnDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-identities-'))
  const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const clock = { now: 1_800_000_000_000 }
  const guesses = guessesOver(stores.limits, () => clock.now)
  return {
    identities: new Identities(stores.identities, new Passwords(), () => clock.now, guesses),
    store: stores.identities,
    guesses,
    clock,
    async close() {
      await stores.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
