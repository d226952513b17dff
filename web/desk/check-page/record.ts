import type { CheckProof } from '../../api/help-desk.ts'
import { type Check, endedAt, failedSignIns, lastStatus } from '../../check-model/check.ts'
import { isoTime } from '../../check-model/times.ts'
import { formatNumber, t, translateKnown, withoutIsolates } from '../../translate/translate.ts'
import { actionText } from '../messages/action-text.ts'
import { methodNames } from '../messages/method-names.ts'
import { recordedResult } from '../messages/requirement-texts.ts'
import type { CheckView } from './use-check.ts'

type Recorded = Pick<CheckView, 'check' | 'row' | 'details' | 'name' | 'reference'> & {
  /** The result in words. */
  result: string
  proof: CheckProof | undefined
}

/** The record of a check as names and values. @param time writes a time in the form of the reader. */
export function recordOf(
  { check, row, details, name, reference, result, proof }: Recorded,
  time: (at: number) => string,
): [string, string][] {
  const at = (moment: number | null | undefined) => (moment == null ? undefined : time(moment))
  const status = lastStatus(check)
  const used = ({ usedAt, usedBy }: Partial<CheckProof['grant']> = {}) =>
    usedAt === undefined ? undefined : [time(usedAt), usedBy].filter(Boolean).join(', ')
  const rows: [string, string | null | undefined][] = [
    [t('Result'), proof === undefined ? result : recordedResult(result, proof, time)],
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

function failedText(check: Check): string | undefined {
  const failed = failedSignIns(check)
  if (failed === undefined) return undefined
  const { count, reason } = failed
  return reason === undefined
    ? formatNumber(count)
    : t('{number}, latest: {reason}', { number: count, reason: translateKnown(reason) })
}
