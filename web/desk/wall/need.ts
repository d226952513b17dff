import type { WallRow } from '../../api/leads.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { secondsLeft } from '../../check-model/times.ts'

/** What a check needs from a lead. Lower ranks come first. */
export type Need = {
  rank: number
  tone: 'alarm' | 'warn'
  text: string
  /** What the lead can do about it on the wall. */
  act?: 'takeOver' | 'markRead'
}

/** A check on the wall, and what it needs; undefined if it goes on by itself. */
export type WallCheck = { row: WallRow; need: Need | undefined }

/** The most urgent need of a check. Needs are tried in the order of their ranks. */
const needs = [attack, sharedPerson, offered, runningOut, failing, badEnd] as const

/** Below this, a check whose link is not opened is about to expire in vain. */
const shortSeconds = 60

/** The checks in the order in which a lead should look at them. @param now the server's time. */
export function sortByNeed(rows: readonly WallRow[], now: number): WallCheck[] {
  return rows.map((row) => ({ row, need: needOf(row, now) })).toSorted(byNeed)
}

export function needOf(row: WallRow, now: number): Need | undefined {
  for (const [rank, find] of needs.entries()) {
    const found = find(row, now)
    if (found !== undefined) return { rank, ...found }
  }
  return undefined
}

/** Oldest first, so that rows keep their places. What is about to expire first comes first there. */
function byNeed(one: WallCheck, other: WallCheck): number {
  const ranks = rankOf(one) - rankOf(other)
  if (ranks !== 0) return ranks
  const isRunningOut = one.need !== undefined && needs[one.need.rank] === runningOut
  const ages = isRunningOut
    ? one.row.expiresAt - other.row.expiresAt
    : one.row.startedAt - other.row.startedAt
  return ages || one.row.reference.localeCompare(other.row.reference)
}

function rankOf({ need }: WallCheck): number {
  return need?.rank ?? needs.length
}

type Found = Omit<Need, 'rank'> | undefined

function attack(row: WallRow): Found {
  const standing = standingOfRow(row)
  if (!isAlarm(standing)) return undefined
  const agent = row.agent ?? 'the agent'
  if (row.ending === null) return { tone: 'alarm', text: `Another person signed in: talk to ${agent}` }
  const found: Found = { tone: 'alarm', text: `Probably an attack: make sure that ${agent} ends the call` }
  return row.rejectedAt === null ? found : { ...found, act: 'markRead' }
}

function sharedPerson({ alsoCheckedBy }: WallRow): Found {
  if (alsoCheckedBy.length === 0) return undefined
  const names = alsoCheckedBy.join(' and ')
  return {
    tone: 'warn',
    text: `${names} ${alsoCheckedBy.length === 1 ? 'checks' : 'check'} this person, too`,
  }
}

function offered({ ending, offeredTo, agent, isOwn }: WallRow): Found {
  if (ending !== null || offeredTo === null) return undefined
  const from = agent ?? 'The agent'
  if (offeredTo.name !== null) return { tone: 'warn', text: `${from} offers it to ${offeredTo.name}` }
  if (isOwn) return { tone: 'warn', text: 'You offer it to the team' }
  return { tone: 'warn', text: `Offered by ${from}: take over`, act: 'takeOver' }
}

function runningOut({ ending, openedAt, confirmedAt, viewedAt, expiresAt }: WallRow, now: number): Found {
  const isShort = secondsLeft(expiresAt, now) < shortSeconds
  const isOpened = openedAt !== null || confirmedAt !== null || viewedAt !== null
  if (ending !== null || isOpened || !isShort) return undefined
  return { tone: 'warn', text: 'Less than a minute left, and the link is not opened' }
}

function failing({ ending, failedSignIns, wrongCodes }: WallRow): Found {
  if (ending !== null) return undefined
  const codes = wrongCodes > 0 ? [counted(wrongCodes, 'wrong code')] : []
  const signIns = failedSignIns > 0 ? [counted(failedSignIns, 'failed sign-in')] : []
  const all = [...codes, ...signIns]
  return all.length === 0 ? undefined : { tone: 'warn', text: all.join(', ') }
}

function badEnd(row: WallRow): Found {
  const standing = standingOfRow(row)
  if (row.ending === null || (standing !== 'wrong-code' && standing !== 'not-vouched')) return undefined
  return { tone: 'warn', text: `Not verified: ask ${row.agent ?? 'the agent'} what happened` }
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}
