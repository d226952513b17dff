import type { SharedCounts } from '../limits/shared-counts.ts'
import { sourceOf } from '../limits/source.ts'
import type { AuditEvent } from './audit-trail.ts'

/** The maximum number of entries per address and window that the audit book keeps, for each of the two kinds. */
export const routineEntries = { most: 2000, windowMs: 10 * 60_000 }

/** Recorded once per window instead of the first omitted entry. */
const leftOut: AuditEvent = { eventName: 'SIDEGATE-AUDIT-ENTRIES-LEFT-OUT', result: 'SUCCESSFUL' }

type Origin = {
  realm: string
  ip: string
  /** Whether the entries name an existing person. They count separately, so that anonymous ones can't crowd them out. */
  namesPerson: boolean
}

/**
 * The events of a journey that the audit book keeps. Starts and failures are limited per address, because anyone can cause
 * them and the book keeps entries for years. Other events are always kept, and the log has all of them.
 */
export function keptEvents(
  events: readonly AuditEvent[],
  { realm, ip, namesPerson }: Origin,
  counts: Pick<SharedCounts, 'count'>,
): AuditEvent[] {
  const { most, windowMs } = routineEntries
  const kind = namesPerson ? 'of people' : 'of nobody'
  return events.flatMap((event) => {
    if (!isRoutine(event)) return [event]
    const { count } = counts.count(`${realm} audit entries ${kind} from ${sourceOf(ip)}`, windowMs)
    // rule S27: otherwise one address can fill the audit trail with failed sign-ins
    if (count <= most) return [event]
    return count === most + 1 ? [leftOut] : []
  })
}

function isRoutine({ eventName, result }: AuditEvent): boolean {
  if (eventName === 'AM-TREE-LOGIN-STARTED') return true
  return eventName === 'AM-TREE-LOGIN-COMPLETED' && result === 'FAILED'
}
