import type { CheckProof } from '../../api/help-desk.ts'
import { endedAt, failedSignIns, lastStatus } from '../../check-model/check.ts'
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
  const failed = failedSignIns(check)
  const used = ({ usedAt, usedBy }: Partial<CheckProof['grant']> = {}) =>
    usedAt === undefined ? undefined : [time(usedAt), usedBy].filter(Boolean).join(', ')
  const rows: [string, string | null | undefined][] = [
    ['Result', proof === undefined ? result : recordedResult(result, proof, time)],
    [details.vouchFor === undefined ? 'Caller' : 'Vouched by', name],
    ['Caller', details.vouchFor],
    ['Request', details.action],
    ['Reason', row?.reason],
    ['Ticket', row?.ticket],
    ['Check', row?.checkTitle],
    ['Agent', row?.agent],
    ['Second agent', row?.secondAgent],
    ['Verified with', proof && methodNames(proof).join(', ')],
    ['Failed sign-ins', failed && [failed.count, failed.reason].filter(Boolean).join(', latest: ')],
    ['Latest update', status && `“${status.text}”`],
    ['Started', at(check.events[0]?.at)],
    ['Ended', at(endedAt(check))],
    ['Used', used(proof?.grant)],
    ['Reference', reference],
  ]
  return rows.flatMap(([label, text]) => (text ? [[label, text]] : []))
}
