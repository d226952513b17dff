import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { FeedStatus } from '../../api/check-feed.ts'
import { type CheckSummary, type Person, readCheck } from '../../api/help-desk.ts'
import {
  type Check,
  endedAt,
  failedSignIns,
  hadWrongPerson,
  isOpen,
  lastStatus,
  type Standing,
  standingOf,
  triesLeft,
} from '../../check-model/check.ts'
import { type LiveCheck, useLiveChecks, watchWhileShown } from '../checks/live-checks.ts'
import { useHelpDesk } from '../layout/queries.ts'
import type { CheckDetails } from '../messages/check-messages.ts'
import { firstName } from '../messages/names.ts'
import { useRealm } from '../navigation/navigation.ts'

/** A check with everything that its page derives from it. */
export type CheckView = {
  reference: string
  check: Check
  standing: Standing
  isRunning: boolean
  live: LiveCheck
  /** The subject's attributes, if this window started the check. */
  person: Person | undefined
  record: CheckSummary | undefined
  details: CheckDetails
  /** The subject's name, or `The caller`. */
  name: string
  /** `You`, or the name of the agent who started the check. */
  agent: string
}

export type CheckState =
  | { kind: 'loaded'; view: CheckView }
  | { kind: 'pending'; status: FeedStatus | undefined }
  | { kind: 'not-found' }

/** Watches a check while the component is mounted. */
export function useCheck(reference: string): CheckState {
  const realm = useRealm()
  const { agent } = useHelpDesk()
  useEffect(() => watchWhileShown(realm, reference), [realm, reference])
  const live = useLiveChecks((all) => all[reference])
  const record = useQuery({
    queryKey: ['record', realm, reference],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    staleTime: 60_000,
  })
  const status = live?.status
  if (live?.check !== undefined) {
    return { kind: 'loaded', view: toView(reference, live, live.check, record.data, agent?.displayName) }
  }
  // A 401 is not an answer about the check: `SignedOutDialog` handles it.
  if (status?.kind === 'refused' && status.code !== 401) return { kind: 'not-found' }
  return { kind: 'pending', status }
}

function toView(
  reference: string,
  live: LiveCheck,
  check: Check,
  record: CheckSummary | undefined,
  ownName: string | undefined,
): CheckView {
  const subject = record?.subject ?? undefined
  const person = personOf(record, live)
  const isOwn = record === undefined || record.agent === ownName
  const startedAt = check.entries[0]?.at ?? check.expiresAt
  return {
    reference,
    check,
    standing: standingOf(check),
    isRunning: isOpen(check),
    live,
    person,
    record,
    details: {
      name: subject,
      firstName: subject && firstName(person, subject),
      action: record?.action ?? undefined,
      lifeMinutes: Math.round((check.expiresAt - startedAt) / 60_000),
      vouchFor: record?.vouchFor ?? undefined,
      hadWrongPerson: hadWrongPerson(check),
      asksCode: check.code !== undefined,
      triesLeft: triesLeft(check),
      isOwn,
    },
    name: subject ?? 'The caller',
    agent: isOwn ? 'You' : (record?.agent ?? 'A client'),
  }
}

/** The chosen caller, unless the journey asks another person, such as their manager. */
function personOf(record: CheckSummary | undefined, { person }: LiveCheck): Person | undefined {
  const isAnother = typeof record?.subjectId === 'string' && record.subjectId !== person?._id
  return isAnother ? undefined : person
}

/** The record of a check as names and values, to paste into a ticket. */
export function ticketNote(
  { check, record, details, name, reference }: CheckView,
  result: string,
): [string, string][] {
  const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toLocaleString())
  const status = lastStatus(check)
  const failed = failedSignIns(check)
  const rows: [string, string | null | undefined][] = [
    ['Result', result],
    [details.vouchFor === undefined ? 'Caller' : 'Vouched by', name],
    ['Caller', details.vouchFor],
    ['Request', details.action],
    ['Reason', record?.reason],
    ['Ticket', record?.ticket],
    ['Agent', record?.agent],
    ['Second agent', record?.secondAgent],
    ['Failed sign-ins', failed && [failed.count, failed.reason].filter(Boolean).join(', latest: ')],
    ['Latest update', status && `“${status.text}”`],
    ['Started', time(check.entries[0]?.at)],
    ['Ended', time(endedAt(check))],
    ['Reference', reference],
  ]
  return rows.flatMap(([label, text]) => (text ? [[label, text]] : []))
}
