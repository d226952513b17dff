import type { Claim, StoredJourneySession } from '../runtime/step-store.ts'
import type { Database } from './database.ts'
import type { Statement } from './query.ts'
import { advance, advanceClaimed, release, renew, take } from './step-statements.ts'

/** Claims of steps: the server that runs each step. Times are epoch milliseconds; a claim ends at its `until`. */
export interface StepClaims {
  claim(idHash: string, step: number, owner: string, now: number, until: number): Promise<Claim>
  renew(idHash: string, owner: string, until: number): Promise<void>
  release(idHash: string, owner: string): Promise<void>
  /** False if a commit would fail because the claim was lost. */
  mayCommit(idHash: string, owner: string): boolean
  /** Moves the step forward. Writes no row if the claim was lost. */
  advance(row: Parameters<typeof advance>[0], owner: string): Statement
  /** Call after a commit, which also ends the claim. */
  committed(idHash: string, owner: string): void
}

type Sessions = {
  read(idHash: string): Promise<StoredJourneySession | undefined>
  parse(row: Readonly<Record<string, unknown>>): StoredJourneySession
}

function answer(session: StoredJourneySession | undefined, step: number, isMine: boolean): Claim {
  if (session === undefined) return { kind: 'unknown' }
  if (session.step !== step) return { kind: 'moved', session }
  return isMine ? { kind: 'claimed', session } : { kind: 'busy' }
}

/**
 * Keeps claims in memory, for a database that belongs to one process. No other server can have claims, and the claims
 * of a stopped process should end with it.
 */
export function claimsInMemory({ read }: Pick<Sessions, 'read'>): StepClaims {
  const claims = new Map<string, { owner: string; until: number }>()
  const isOwnedBy = (idHash: string, owner: string) => claims.get(idHash)?.owner === owner

  function end(idHash: string, owner: string): void {
    if (isOwnedBy(idHash, owner)) claims.delete(idHash)
  }

  return {
    async claim(idHash, step, owner, now, until) {
      const other = claims.get(idHash)
      const isMine = other === undefined || other.until < now
      if (isMine) claims.set(idHash, { owner, until })
      const claim = answer(await read(idHash), step, isMine)
      if (claim.kind !== 'claimed') end(idHash, owner)
      return claim
    },
    async renew(idHash, owner, until) {
      if (isOwnedBy(idHash, owner)) claims.set(idHash, { owner, until })
    },
    async release(idHash, owner) {
      end(idHash, owner)
    },
    mayCommit: isOwnedBy,
    advance: (row) => advance(row),
    committed: end,
  }
}

/**
 * Keeps claims in the rows of journey sessions, for a shared database. One statement claims the step and reads the
 * session.
 */
export function claimsInRows(database: Database, { read, parse }: Sessions): StepClaims {
  return {
    async claim(idHash, step, owner, now, until) {
      const taken = await database.write([take({ idHash, step, owner, now, until })])
      const [row] = taken.kind === 'saved' ? (taken.results[0]?.rows ?? []) : []
      if (row !== undefined) return { kind: 'claimed', session: parse(row) }
      return answer(await read(idHash), step, false)
    },
    async renew(idHash, owner, until) {
      await database.write([renew({ idHash, owner, until })])
    },
    async release(idHash, owner) {
      await database.write([release({ idHash, owner })])
    },
    mayCommit: () => true,
    advance: (row, owner) => advanceClaimed({ ...row, owner }),
    committed: () => undefined,
  }
}
