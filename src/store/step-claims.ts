import { type Awaitable, andThen } from '../base/work.ts'
import { type Claim, isOpen, type StepCommit, type StoredJourneySession } from '../runtime/step-store.ts'
import type { Database } from './database.ts'
import type { Statement } from './query.ts'
import { RecentSessions } from './recent-sessions.ts'
import { advance, advanceClaimed, release, renew, take } from './step-statements.ts'
import { rowsWritten, write } from './writes.ts'

/** Claims of steps: the server that runs each step. Times are epoch milliseconds; a claim ends at its `until`. */
export interface StepClaims {
  claim(idHash: string, step: number, owner: string, now: number, until: number): Awaitable<Claim>
  renew(idHash: string, owner: string, until: number): Promise<void>
  release(idHash: string, owner: string): Promise<void>
  /** Whether a claim that only this store knows is open. */
  isClaimed(idHash: string, now: number): boolean
  /** False if a commit would fail because the claim was lost. */
  mayCommit(idHash: string, owner: string): boolean
  /** Moves the step forward. Writes no row if the claim was lost. */
  advance(row: Parameters<typeof advance>[0], owner: string): Statement
  /** Call after a commit, which also ends the claim. */
  committed(commit: StepCommit): void
  /** Call after the database refused to move a step forward. */
  lost(idHash: string): void
  /** Call after rows of journey sessions were deleted. */
  deleted(): void
}

type Sessions = {
  read(idHash: string): Awaitable<StoredJourneySession | undefined>
  parse(row: Readonly<Record<string, unknown>>): StoredJourneySession
}

type Found = { session: StoredJourneySession; text?: string }

function claimOf(found: Found | undefined, step: number, isMine: boolean): Claim {
  if (found === undefined) return { kind: 'unknown' }
  if (found.session.step !== step) return { kind: 'moved', session: found.session }
  return isMine ? { kind: 'claimed', ...found } : { kind: 'busy' }
}

/**
 * Keeps claims in memory, for a database that belongs to one process. No other server can have claims, and the claims
 * of a stopped process should end with it.
 */
export function claimsInMemory({ read }: Pick<Sessions, 'read'>): StepClaims {
  const recent = new RecentSessions()
  const claims = new Map<string, { owner: string; until: number }>()
  const isOwnedBy = (idHash: string, owner: string) => claims.get(idHash)?.owner === owner

  function end(idHash: string, owner: string): void {
    if (isOwnedBy(idHash, owner)) claims.delete(idHash)
  }

  function find(idHash: string): Awaitable<Found | undefined> {
    return recent.get(idHash) ?? andThen(read(idHash), (session) => session && { session })
  }

  return {
    claim(idHash, step, owner, now, until) {
      const other = claims.get(idHash)
      const isMine = other === undefined || other.until < now
      if (isMine) claims.set(idHash, { owner, until })
      return andThen(find(idHash), (found) => {
        const claim = claimOf(found, step, isMine)
        if (claim.kind !== 'claimed') end(idHash, owner)
        return claim
      })
    },
    async renew(idHash, owner, until) {
      if (isOwnedBy(idHash, owner)) claims.set(idHash, { owner, until })
    },
    async release(idHash, owner) {
      end(idHash, owner)
    },
    isClaimed: (idHash, now) => (claims.get(idHash)?.until ?? 0) >= now,
    mayCommit: isOwnedBy,
    advance: (row) => advance(row),
    committed({ session, text, claimed }) {
      if (isOpen(session)) recent.put({ session, text })
      else recent.delete(session.idHash)
      if (claimed !== undefined) end(session.idHash, claimed.owner)
    },
    lost: (idHash) => recent.delete(idHash),
    deleted: () => recent.clear(),
  }
}

/**
 * Keeps claims in the rows of journey sessions, for a shared database. One statement claims the step and reads the
 * session.
 */
export function claimsInRows(database: Database, { read, parse }: Sessions): StepClaims {
  return {
    async claim(idHash, step, owner, now, until) {
      const [row] = await rowsWritten(database, [take({ idHash, step, owner, now, until })])
      if (row !== undefined) return { kind: 'claimed', session: parse(row) }
      const session = await read(idHash)
      return claimOf(session && { session }, step, false)
    },
    renew: (idHash, owner, until) => write(database, [renew({ idHash, owner, until })]),
    release: (idHash, owner) => write(database, [release({ idHash, owner })]),
    isClaimed: () => false,
    mayCommit: () => true,
    advance: (row, owner) => advanceClaimed({ ...row, owner }),
    committed: () => undefined,
    lost: () => undefined,
    deleted: () => undefined,
  }
}
