import type { CheckSummary } from '../api/help-desk.ts'
import { type Check, type Standing, standingOf } from './check.ts'

/** The standing of a check in a list. The live feed, if there is one, is more recent than the list. */
export function standingOfSummary(summary: CheckSummary, live: Check | undefined): Standing {
  if (live !== undefined) return standingOf(live)
  // A rejection after the result overrides it.
  if (summary.rejectedAt !== null && !isRejection(summary.ending))
    return summary.vouchFor === null ? 'not-me' : 'not-vouched'
  switch (summary.ending) {
    case 'approved':
      return 'verified'
    case 'notMe':
      return 'not-me'
    case 'calledMe':
      return 'called-me'
    case 'notVouched':
      return 'not-vouched'
    case 'wrongPerson':
      return 'wrong-person'
    case 'wrongCode':
      return 'wrong-code'
    case 'denied':
    case 'cancelled':
    case 'expired':
      return endStanding(summary.ending, summary.lastKind)
    default:
      return openStanding(summary)
  }
}

function isRejection(ending: string | null): boolean {
  return ending === 'notMe' || ending === 'calledMe' || ending === 'notVouched'
}

function endStanding(ending: 'denied' | 'cancelled' | 'expired', lastKind: string): Standing {
  if (lastKind === 'wrongPerson') return 'wrong-person'
  return ending === 'denied' ? 'not-verified' : ending
}

function openStanding({ lastKind, notifications, state }: CheckSummary): Standing {
  if (lastKind === 'wrongPerson') return 'wrong-person'
  if (notifications > 0 || lastKind === 'codeMatched') return 'signing-in'
  return state === 'IN_PROGRESS' || lastKind === 'confirmed' ? 'opened' : 'created'
}
