import type { CheckSummary } from '../api/help-desk.ts'
import { type Check, type Standing, standingOf } from './check.ts'

/** How a check of a list stands: as the live feed says where there is one, else as the list does. */
export function standingOfSummary(row: CheckSummary, live: Check | undefined): Standing {
  if (live !== undefined) return standingOf(live)
  // A rejection after the result outweighs it.
  if (row.rejectedAt !== null && !isRejection(row.ending))
    return row.vouchFor === null ? 'not-me' : 'not-vouched'
  switch (row.ending) {
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
      return endStanding(row.ending, row.lastKind)
    default:
      return openStanding(row)
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
