import type { CheckProof } from '../../api/help-desk.ts'
import { type Grant, type ResultFacts, timeOfGrant } from '../../check-model/result-state.ts'
import { nearTime } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { levelText, needsText } from './requirement-texts.ts'

type Proof = Pick<CheckProof, 'needs' | 'grant'>

/** What lists and titles say about a result. @param now the server's time. */
export function statusFacts(grant: Grant | null | undefined, now: number): ResultFacts {
  return timeFact(grant ?? undefined, (at) => nearTime(at, now))
}

/** What the check page and the record say about a result. @param time writes a time in the form of the reader. */
export function resultFacts({ needs, grant }: Proof, time: (at: number) => string): ResultFacts {
  const { state, withdrawnBy, withdrawnAt } = grant
  const by = [withdrawnBy, withdrawnAt && time(withdrawnAt)].filter(Boolean).join(', ')
  return {
    ...timeFact(grant, time),
    needs: lackedText({ needs, grant }),
    needsSecondAgent: state === 'needsSecondAgent',
    isForNothing: grant.reason === 'noAction',
    by: withdrawnBy === undefined ? undefined : by,
  }
}

function timeFact(grant: Grant | undefined, time: (at: number) => string): ResultFacts {
  const at = grant && timeOfGrant(grant)
  return { time: at === undefined ? undefined : time(at) }
}

/** What the use needs, and the result does not have (yet). */
function lackedText({ needs, grant }: Proof): string | undefined {
  switch (grant.state) {
    case 'weak':
      return levelText(grant.neededLevel ?? needs.level)
    case 'needsSecondAgent':
      return t('a second agent')
    case 'waiting':
      return needsText(needs)
    default:
      return undefined
  }
}
