import type { OfferedCheck, Requirements } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { fullName } from '../messages/names.ts'
import { lackingText } from '../messages/requirement-texts.ts'
import type { CheckDraft } from './check-draft.ts'
import type { InsufficientCheck } from './insufficient-checks.tsx'

/** Whether a check suits the caller and the request, with the reason if it does not. */
export type CheckFit = { fits: true } | { fits: false; reason: string }

/** What the form knows about a check before the server decides at its start. */
export function checkFit(check: OfferedCheck, { person }: CheckDraft): CheckFit {
  if (person !== undefined && check.takesMail && !person.hasMail) {
    return {
      fits: false,
      reason: t('{name} has no email address on file, and this check looks people up by it.', {
        name: fullName(person),
      }),
    }
  }
  return { fits: true }
}

/** The checks that suffice for the chosen action and person, and the others with what they lack. */
export function sortedChecks(
  checks: readonly OfferedCheck[],
  requirements: Requirements | undefined,
): { suiting: OfferedCheck[]; insufficient: InsufficientCheck[] } {
  const lackOf = ({ journey }: OfferedCheck) =>
    requirements?.checks.find((each) => each.journey === journey && each.lacks.length > 0)
  return {
    suiting: checks.filter((check) => lackOf(check) === undefined),
    insufficient: checks.flatMap((check) => {
      const lack = lackOf(check)
      if (lack === undefined || requirements === undefined) return []
      const { lacks, isRefused } = lack
      return [{ check, isRefused, reason: lackingText(lacks, requirements.needs, isRefused) }]
    }),
  }
}

/** The draft without a check that the server would refuse. */
export function withoutRefused(draft: CheckDraft, insufficient: readonly InsufficientCheck[]): CheckDraft {
  const isRefused = insufficient.some((each) => each.isRefused && each.check === draft.check)
  return isRefused ? { ...draft, check: undefined } : draft
}
