import type { Party, Transaction } from '../transactions/transaction.ts'
import type { Alarm, AlarmKind, AlarmSubject } from './alarm.ts'
import type { Sign } from './alarm-store.ts'

/** When a kind of alarm is raised: at this count within so many minutes. A count of 0 never raises it. */
export type Threshold = { count: number; minutes: number }

export type AlarmSettings = Readonly<Record<AlarmKind, Threshold>>

/** The alarm that an event of a check counts for; undefined for alarms about one person if the check names nobody. */
export function subjectOf(
  { realm, subject }: Pick<Transaction, 'realm' | 'subject'>,
  kind: AlarmKind,
): AlarmSubject | undefined {
  if (kind !== 'callerCheckedOften') return { realm, kind, personId: '' }
  return subject && { realm, kind, personId: subject.id }
}

type Read = Pick<Alarm, 'raisedAt' | 'acknowledgedAt'>

/** Whether a new alarm would be one too many. An alarm that no lead has acknowledged stands for all events of its window. */
export function standsFor<Newest extends Read>(
  newest: Newest | undefined,
  windowStart: number,
): newest is Newest {
  return (
    newest !== undefined &&
    // rule H26: otherwise a lead who acknowledges an alarm silences it for the rest of its window
    newest.acknowledgedAt === undefined &&
    newest.raisedAt > windowStart
  )
}

/** Events after this count. A lead who acknowledges an alarm takes note of what happened until then, and of nothing later. */
export function countedSince(newest: Read | undefined, windowStart: number): number {
  // rule H26: otherwise events that a lead has acknowledged raise the alarm again
  return Math.max(windowStart, newest?.acknowledgedAt ?? windowStart)
}

/**
 * Object ids of those who can't acknowledge an alarm. The people of an alarm that no lead has acknowledged stay: its next window
 * must not free them.
 */
export function involvedIn(
  signs: readonly Sign[],
  personId: string,
  newest: Pick<Alarm, 'involved' | 'acknowledgedAt'> | undefined,
): string[] {
  const earlier = newest?.acknowledgedAt === undefined ? (newest?.involved ?? []) : []
  // rule H26: otherwise the next window frees those who are involved in an alarm that nobody has read
  const ids = [...earlier, personId, ...signs.flatMap(({ agentIds }) => agentIds)]
  return [...new Set(ids)].filter((id) => id !== '')
}

export function mayAcknowledge({ involved }: Pick<Alarm, 'involved'>, { id }: Pick<Party, 'id'>): boolean {
  return !involved.includes(id)
}
