import type { WallRow } from '../../api/leads.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { secondsLeft } from '../../check-model/times.ts'
import { listed, t } from '../../translate/translate.ts'

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
  const { agent } = row
  if (row.ending === null) {
    const text =
      agent === null
        ? t('Another person signed in: talk to the agent')
        : t('Another person signed in: talk to {agent}', { agent })
    return { tone: 'alarm', text }
  }
  const text =
    agent === null
      ? t('Probably an attack: make sure that the agent ends the call')
      : t('Probably an attack: make sure that {agent} ends the call', { agent })
  const found: Found = { tone: 'alarm', text }
  return row.rejectedAt === null ? found : { ...found, act: 'markRead' }
}

function sharedPerson({ alsoCheckedBy }: WallRow): Found {
  if (alsoCheckedBy.length === 0) return undefined
  const names = listed(alsoCheckedBy)
  return { tone: 'warn', text: t('{names} check this person, too', { names, count: alsoCheckedBy.length }) }
}

function offered({ ending, offeredTo, agent, isOwn }: WallRow): Found {
  if (ending !== null || offeredTo === null) return undefined
  const from = agent ?? t('An agent')
  if (offeredTo.name !== null) {
    return { tone: 'warn', text: t('{agent} offers it to {name}', { agent: from, name: offeredTo.name }) }
  }
  if (isOwn) return { tone: 'warn', text: t('You offer it to the team') }
  return { tone: 'warn', text: t('Offered by {agent}: take over', { agent: from }), act: 'takeOver' }
}

function runningOut({ ending, openedAt, confirmedAt, viewedAt, expiresAt }: WallRow, now: number): Found {
  const isShort = secondsLeft(expiresAt, now) < shortSeconds
  const isOpened = openedAt !== null || confirmedAt !== null || viewedAt !== null
  if (ending !== null || isOpened || !isShort) return undefined
  return { tone: 'warn', text: t('Less than a minute left, and the link is not opened') }
}

function failing({ ending, failedSignIns, wrongCodes }: WallRow): Found {
  if (ending !== null) return undefined
  const codes = wrongCodes > 0 ? [t('{count} wrong codes', { count: wrongCodes })] : []
  const signIns = failedSignIns > 0 ? [t('{count} failed sign-ins', { count: failedSignIns })] : []
  const all = [...codes, ...signIns]
  return all.length === 0 ? undefined : { tone: 'warn', text: listed(all, 'unit') }
}

function badEnd(row: WallRow): Found {
  const standing = standingOfRow(row)
  if (row.ending === null || (standing !== 'wrong-code' && standing !== 'not-vouched')) return undefined
  const { agent } = row
  const text =
    agent === null
      ? t('Not verified: ask the agent what happened')
      : t('Not verified: ask {agent} what happened', { agent })
  return { tone: 'warn', text }
}
