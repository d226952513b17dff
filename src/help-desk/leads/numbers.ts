import { agentOf, safeDisplayName } from '../transactions/transaction.ts'
import { countedEndingOf, type Ending, endings } from '../transactions/transaction-status.ts'
import { type CalendarZone, hoursOfDay } from './calendar.ts'
import type { CountedCheck } from './lead-store.ts'

/** What numbers can be split by. Days and hours are those of a time zone. */
export const splits = ['check', 'action', 'agent', 'ending', 'day', 'hour'] as const

export type Split = (typeof splits)[number]

/** Milliseconds; null if nothing was measured. */
type Times = { median: number | null; p90: number | null }

/** The counts and times of some checks. */
export type Numbers = {
  checks: number
  /** Without an ending yet. */
  open: number
  endings: Record<Ending, number>
  /** Of the approved ones, those whose result an agent used. */
  used: number
  /** From the start of a check until the caller's journey started, and until the caller was verified. */
  toOpened: Times
  toVerified: Times
}

/** The numbers of the checks with one value of a split. */
export type Group = Numbers & {
  /** Null for checks without a value. */
  key: string | null
  name: string | null
}

type Tally = {
  name: string | null
  checks: number
  open: number
  endings: Record<Ending, number>
  used: number
  toOpened: number[]
  toVerified: number[]
}

type Value = { key: string | null; name: string | null }

/** More groups than people read. Actions and agents are few, so this only bounds the answer. */
const maxGroups = 500

/** Adds up checks one by one, so that a period of any size needs only their times in memory. */
export class Counting {
  readonly #total = emptyTally(null)
  readonly #groups = new Map<string | null, Tally>()
  readonly #split: Split | undefined
  readonly #zone: CalendarZone
  readonly #now: number

  /** @param now decides which checks have expired; epoch milliseconds. */
  constructor(split: Split | undefined, zone: CalendarZone, now: number) {
    this.#split = split
    this.#zone = zone
    this.#now = now
  }

  add(check: CountedCheck): void {
    const ending = countedEndingOf(check, this.#now)
    addTo(this.#total, check, ending)
    if (this.#split === undefined) return
    const { key, name } = this.#valueOf(check, ending)
    addTo(this.#group(key, name), check, ending)
  }

  /** Makes a group for each day of the period, or each hour of a day, so that none is missing without checks. */
  fill(from: number, to: number): void {
    const keys = this.#split === 'day' ? this.#zone.daysBetween(from, to) : hoursOfDay
    if (this.#split === 'day' || this.#split === 'hour') for (const key of keys) this.#group(key, key)
  }

  result(): { total: Numbers; groups: Group[]; hasMore: boolean } {
    const groups = [...this.#groups].map(([key, tally]) => ({ key, name: tally.name, ...numbersOf(tally) }))
    const sorted = groups.toSorted(this.#split === 'day' || this.#split === 'hour' ? byKey : byCount)
    return {
      total: numbersOf(this.#total),
      groups: sorted.slice(0, maxGroups),
      hasMore: sorted.length > maxGroups,
    }
  }

  #group(key: string | null, name: string | null): Tally {
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    const tally = emptyTally(name)
    this.#groups.set(key, tally)
    return tally
  }

  #valueOf(check: CountedCheck, ending: Ending | undefined): Value {
    const agent = agentOf(check)
    switch (this.#split) {
      case 'agent':
        return agent === undefined ? same(undefined) : { key: agent.id, name: safeDisplayName(agent) }
      case 'check':
        return same(check.openedBy.journey)
      case 'action':
        return same(check.purpose.action)
      case 'day':
        return same(this.#zone.dayOf(check.createdAt))
      case 'hour':
        return same(this.#zone.hourOf(check.createdAt))
      default:
        return same(ending)
    }
  }
}

function same(text: string | undefined): Value {
  return { key: text ?? null, name: text ?? null }
}

function emptyTally(name: string | null): Tally {
  const none = Object.fromEntries(endings.map((ending) => [ending, 0]))
  // Object.fromEntries forgets that every ending is there.
  return {
    name,
    checks: 0,
    open: 0,
    endings: none as Tally['endings'],
    used: 0,
    toOpened: [],
    toVerified: [],
  }
}

function addTo(tally: Tally, check: CountedCheck, ending: Ending | undefined): void {
  tally.checks++
  if (ending === undefined) tally.open++
  else tally.endings[ending]++
  if (ending === 'approved' && check.proof.usedAt !== undefined) tally.used++
  const { openedMs, verifiedMs } = durationsOf(check, ending)
  if (openedMs !== undefined) tally.toOpened.push(openedMs)
  if (verifiedMs !== undefined) tally.toVerified.push(verifiedMs)
}

/**
 * Milliseconds from the start of a check. Never negative, because servers' clocks can differ.
 * @param ending as it counts: a check that was rejected after its result is not verified.
 */
export function durationsOf(
  { createdAt, openedAt, endedAt }: Pick<CountedCheck, 'createdAt' | 'openedAt' | 'endedAt'>,
  ending: Ending | undefined,
): { openedMs: number | undefined; verifiedMs: number | undefined } {
  const since = (at: number | undefined) => at && Math.max(0, at - createdAt)
  return { openedMs: since(openedAt), verifiedMs: ending === 'approved' ? since(endedAt) : undefined }
}

function numbersOf({ name: _, toOpened, toVerified, ...counts }: Tally): Numbers {
  return { ...counts, toOpened: timesOf(toOpened), toVerified: timesOf(toVerified) }
}

function timesOf(values: readonly number[]): Times {
  const sorted = Float64Array.from(values).sort()
  return { median: percentile(sorted, 50), p90: percentile(sorted, 90) }
}

/** The smallest value that at least so many percent of the values don't exceed: the nearest rank, which is exact. */
export function percentile(sorted: ArrayLike<number>, percent: number): number | null {
  const rank = Math.ceil((sorted.length * percent) / 100)
  return sorted[Math.max(1, rank) - 1] ?? null
}

function byKey(one: Group, other: Group): number {
  return (one.key ?? '').localeCompare(other.key ?? '')
}

function byCount(one: Group, other: Group): number {
  return other.checks - one.checks || (one.name ?? '').localeCompare(other.name ?? '')
}
