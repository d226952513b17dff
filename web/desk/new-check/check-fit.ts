import type { OfferedCheck } from '../../api/help-desk.ts'
import { fullName } from '../messages/names.ts'
import type { CheckDraft } from './check-draft.ts'

/** Whether a check suits the caller and the request, with the reason if it does not. */
export type CheckFit = { fits: true } | { fits: false; reason: string }

/** What the form knows about a check before the server decides at its start. */
export function checkFit(check: OfferedCheck, { person }: CheckDraft): CheckFit {
  if (person !== undefined && check.takesMail && !person.hasMail) {
    return {
      fits: false,
      reason: `${fullName(person)} has no email address on file, and this check looks people up by it.`,
    }
  }
  return { fits: true }
}
