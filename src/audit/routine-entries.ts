import type { JointCounts } from '../limits/joint-counts.ts'
import { sourceOf } from '../limits/source.ts'
import type { AuditEvent } from './audit-trail.ts'

/** Entries of one address within the window that the audit book keeps, for each of the two kinds. */
export const routineEntries = { most: 2000, windowMs: 10 * 60_000 }

/** Written once in each window, instead of the first entry that is left out. */
const leftOut: AuditEvent = { eventName: 'SIDEGATE-AUDIT-ENTRIES-LEFT-OUT', result: 'SUCCESSFUL' }

type Origin = {
  realm: string
  ip: string
  /** Whether the entries name an existing person: they count apart, so that nameless ones can't crowd them out. */
  namesSomebody: boolean
}

/**
 * The events of a journey that the audit book keeps. Anybody can start journeys and fail them, and the book keeps its
 * entries for years, so that one address can leave only so many of these. The log has all of them. Nothing else is left out.
 */
export function keptEvents(
  events: readonly AuditEvent[],
  { realm, ip, namesSomebody }: Origin,
  counts: Pick<JointCounts, 'count'>,
): AuditEvent[] {
  const { most, windowMs } = routineEntries
  const kind = namesSomebody ? 'of people' : 'of nobody'
  return events.flatMap((event) => {
    if (!isRoutine(event)) return [event]
    const { count } = counts.count(`${realm} audit entries ${kind} from ${sourceOf(ip)}`, windowMs)
    if (count <= most) return [event]
    return count === most + 1 ? [leftOut] : []
  })
}

function isRoutine({ eventName, result }: AuditEvent): boolean {
  if (eventName === 'AM-TREE-LOGIN-STARTED') return true
  return eventName === 'AM-TREE-LOGIN-COMPLETED' && result === 'FAILED'
}
