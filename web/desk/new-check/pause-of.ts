import type { Person } from '../../api/help-desk.ts'
import type { Recent } from '../../api/recent.ts'
import type { KnownPause } from './pause-notice.tsx'

/** The pause of a person: what the server said last, and before that what the search found. */
export function pauseOf(person: Person | undefined, recent: Recent | undefined): KnownPause | undefined {
  if (person === undefined) return undefined
  if (recent !== undefined) return recent.pause ?? undefined
  return person.pausedUntil === null ? undefined : { until: person.pausedUntil }
}
