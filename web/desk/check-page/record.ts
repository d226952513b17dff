import type { CheckProof, CheckRow } from '../../api/help-desk.ts'
import {
  type Check,
  endedAt,
  failedSignIns,
  lastStatus,
  rejectedAfterResultAt,
} from '../../check-model/check.ts'
import { isResult } from '../../check-model/check-mark.ts'
import { resultTable } from '../../check-model/result-state.ts'
import { isoTime } from '../../check-model/times.ts'
import { formatNumber, t, translateKnown, withoutIsolates } from '../../translate/translate.ts'
import { actionText } from '../messages/action-text.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { methodNames } from '../messages/method-names.ts'
import { resultFacts } from '../messages/result-facts.ts'
import type { CheckView } from './use-check.ts'

type Recorded = Pick<CheckView, 'check' | 'details' | 'name' | 'reference' | 'standing' | 'proof'> & {
  row: CheckRow | undefined
}

/** The record of a check as names and values. @param time writes a time in the form of the reader. */
export function recordOf(recorded: Recorded, time: (at: number) => string): [string, string][] {
  const { check, row, details, name, reference, proof } = recorded
  const at = (moment: number | null | undefined) => (moment == null ? undefined : time(moment))
  const status = lastStatus(check)
  const used = ({ usedAt, usedBy }: Partial<CheckProof['grant']> = {}) =>
    usedAt === undefined ? undefined : [time(usedAt), usedBy].filter(Boolean).join(', ')
  const rows: [string, string | null | undefined][] = [
    [t('Result'), recordedResult(recorded, time)],
    [details.vouchFor === undefined ? t('Caller') : t('Vouched by'), name],
    [t('Caller'), details.vouchFor],
    [t('Request'), details.action && actionText(details.action)],
    [t('Reason'), row?.reason],
    [t('Ticket'), row?.ticket],
    [t('Check'), row?.checkTitle],
    [t('Agent'), row?.agent],
    [t('Second agent'), row?.secondAgent],
    [t('Verified with'), proof && methodNames(proof).join(', ')],
    [t('Failed sign-ins'), failedText(check)],
    [t('Latest update'), status && t('“{text}”', { text: status.text })],
    [t('Started'), at(check.events[0]?.at)],
    [t('Ended'), at(endedAt(check))],
    [t('Rejected after the result'), at(rejectedAfterResultAt(check))],
    [t('Used'), used(proof?.grant)],
    [t('Reference'), reference],
  ]
  return rows.flatMap(([label, text]) => (text ? [[label, text]] : []))
}

/** The record as lines to paste into a ticket. */
export function recordText(recorded: Recorded): string {
  const lines = recordOf(recorded, isoTime).map(([name, value]) => t('{name}: {value}', { name, value }))
  return withoutIsolates(lines.join('\n'))
}

/** Nobody takes a result that can't be used for one that can. */
function recordedResult({ standing, proof }: Recorded, time: (at: number) => string): string {
  if (!isResult(standing)) return shortStatus(standing)
  return resultTable[standing].recorded(proof === undefined ? {} : resultFacts(proof, time))
}

function failedText(check: Check): string | undefined {
  const failed = failedSignIns(check)
  if (failed === undefined) return undefined
  const { count, reason } = failed
  return reason === undefined
    ? formatNumber(count)
    : t('{number}, latest: {reason}', { number: count, reason: translateKnown(reason) })
}
