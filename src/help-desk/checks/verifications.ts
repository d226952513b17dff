import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Limit } from '../../limits/limit.ts'
import type { Limits } from '../../limits/limits.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { AlarmWatch } from '../alarms/alarms.ts'
import type { Purpose } from '../transactions/purpose.ts'
import type { Subject, Transaction } from '../transactions/transaction.ts'
import type { Transactions } from '../transactions/transactions.ts'
import { type Codes, codeAttempts, drawCodes, readCode } from './codes.ts'
import { resultLifeMs } from './grant.ts'
import {
  type Opening,
  type OpeningRefusal,
  type OpeningSettings,
  openingLimits,
  openingRefusal,
  pausedUntil,
  pausesSince,
} from './opening-rules.ts'
import type { Requirement } from './requirement.ts'
import { isCheck, type Verification } from './verification.ts'
import type { PauseLift, UserOfResult, VerificationStore, WithdrawerOfResult } from './verification-store.ts'
import { concernedIds } from './vouched-for.ts'

/** The result of typing the code. `over`: no attempts are left, or the check has ended. */
export type TypedCode = { kind: 'right' } | { kind: 'wrong'; triesLeft: number } | { kind: 'over' }

const codesSchema: z.ZodType<Codes> = z.object({ code: z.string(), reverseCode: z.string() })

type Parts = {
  store: VerificationStore
  transactions: Pick<Transactions, 'changed'>
  /** Seals codes, with a key of its own. */
  sealer: Sealer
  limits: Pick<Limits, 'wait'>
  alarms: AlarmWatch
  now(): number
}

/** The rules of checks over their store. */
export class Verifications {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Creates the unsaved data of a new check; undefined for other transactions. */
  begin(transaction: Transaction, requirement: Requirement): Verification | undefined {
    if (!isCheck(transaction)) return undefined
    const { idHash, realm } = transaction
    return {
      idHash,
      realm,
      codes: this.#parts.sealer.seal(JSON.stringify(drawCodes())),
      triesLeft: codeAttempts,
      isBound: false,
      methods: [],
      level: 0,
      requirement,
    }
  }

  read(idHash: string): Promise<Verification | undefined> {
    return this.#parts.store.read(idHash)
  }

  /** @throws SealError for altered codes. */
  codesOf({ codes }: Pick<Verification, 'codes'>): Codes {
    return codesSchema.parse(JSON.parse(this.#parts.sealer.open(codes)))
  }

  /** The reason why a transaction about a person can't be opened now. */
  async refusal(
    realm: string,
    opening: Opening,
    settings: OpeningSettings,
  ): Promise<OpeningRefusal | undefined> {
    const { opener, people } = openingLimits(realm, opening.openedBy, opening, settings)
    const [paused, byOpener, ...ofPeople] = await Promise.all([
      this.pauseOfAny(realm, opening, settings.pauseMinutes),
      opener && this.#parts.limits.wait(opener),
      ...people.map((person) => this.#parts.limits.wait(person)),
    ])
    return openingRefusal(opening, settings, paused, { opener: byOpener, person: latest(ofPeople) })
  }

  /** The limits of a new transaction, which its unit counts. */
  limits(
    realm: string,
    openedBy: Opening['openedBy'],
    about: { subject: Pick<Subject, 'id'>; purpose: Purpose },
    settings: OpeningSettings,
  ): Limit[] {
    const { opener, people } = openingLimits(realm, openedBy, about, settings)
    return [opener, ...people].filter((limit) => limit !== undefined).filter(({ max }) => max > 0)
  }

  /** When the last pause of the people whom a transaction is about ends; epoch milliseconds. */
  async pauseOfAny(
    realm: string,
    { subject, purpose }: { subject: Pick<Subject, 'id'>; purpose: Purpose },
    pauseMinutes: number,
  ): Promise<number | undefined> {
    const ids = concernedIds(subject, purpose)
    return latest(await Promise.all(ids.map((id) => this.pausedUntil(realm, id, pauseMinutes))))
  }

  /** When the pause after a rejected check ends; epoch milliseconds. */
  async pausedUntil(realm: string, subjectId: string, pauseMinutes: number): Promise<number | undefined> {
    const now = this.#parts.now()
    const rejectedAt = await this.#parts.store.rejectedAt(realm, subjectId, pausesSince(pauseMinutes, now))
    return pausedUntil(rejectedAt, pauseMinutes, now)
  }

  /**
   * @param reportedBy the time of the last report that the lead knows. Without it, all reports until now.
   * @returns whether there was a pause.
   */
  liftPause(
    realm: string,
    subjectId: string,
    lift: Omit<PauseLift, 'at'>,
    reportedBy = this.#parts.now(),
  ): Promise<boolean> {
    return this.#parts.store.liftPause(realm, subjectId, { ...lift, at: this.#parts.now() }, reportedBy)
  }

  /** Counts an attempt at the code. @param key identifies it: a repeated call counts once. */
  async typeCode(idHash: string, key: string, typed: string): Promise<TypedCode> {
    const { store, transactions, alarms, now } = this.#parts
    const stored = await store.read(idHash)
    if (stored === undefined) return { kind: 'over' }
    // rule H4: otherwise any code is right
    const isRight = isEqual(readCode(typed), this.codesOf(stored).code)
    const counted = await store.guess(idHash, key, isRight, now())
    if (counted === undefined) return { kind: 'over' }
    transactions.changed(idHash)
    if (counted.kind === 'codeMatched') return { kind: 'right' }
    // The last one ended the check.
    // rule H26: otherwise nobody notices that codes are guessed
    if (counted.triesLeft === 0) alarms.noticed(idHash, 'failures')
    return { kind: 'wrong', triesLeft: counted.triesLeft }
  }

  /**
   * Uses a result once, after its delay, as long as its agent is still `by.agent` and checks of its people aren't paused.
   * @returns whether this call used it.
   */
  use(
    { transaction, verification }: { transaction: Transaction; verification: Verification },
    by: UserOfResult,
    { delayMinutes }: Pick<Requirement, 'delayMinutes'>,
    { pauseMinutes }: Pick<OpeningSettings, 'pauseMinutes'>,
  ): Promise<boolean> {
    const now = this.#parts.now()
    const ended = {
      after: now - resultLifeMs(verification, transaction),
      by: now - delayMinutes * 60_000,
      reportedAfter: pausesSince(pauseMinutes, now),
    }
    return this.#parts.store.use(verification.idHash, by, ended, now)
  }

  /** Withdraws a result that is not over, also before its delay is over. @returns whether this call withdrew it. */
  async withdraw(
    check: Pick<Transaction, 'openedBy'>,
    result: Verification,
    by: WithdrawerOfResult,
  ): Promise<boolean> {
    const { now, store, transactions } = this.#parts
    const { idHash } = result
    const time = now()
    const ended = { after: time - resultLifeMs(result, check), by: time }
    const isWithdrawn = await store.withdraw(idHash, by, ended, time)
    if (isWithdrawn) transactions.changed(idHash)
    return isWithdrawn
  }
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

function isEqual(typed: string, code: string): boolean {
  const [one, other] = [Buffer.from(typed), Buffer.from(code)]
  return one.length === other.length && timingSafeEqual(one, other)
}
