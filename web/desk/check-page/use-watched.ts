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
import { useOffer } from '../layout/offer.ts'
import { type LiveCheck, useLiveChecks, view } from '../live/live-checks.ts'
import { firstNameOf } from '../messages/names.ts'
import type { Called } from '../messages/words.ts'
import { useRealm } from '../navigation/navigation.ts'

/** A check on the screen: its record, and what its feed tells. */
export type Watched = {
  reference: string
  check: Check
  standing: Standing
  isRunning: boolean
  live: LiveCheck
  /** Whom it is about, where this window knows more than the name. */
  person: Person | undefined
  record: CheckSummary | undefined
  called: Called
  /** The caller's name, also where nobody in particular is asked. */
  name: string
  /** `You`, or who else started it. */
  agent: string
}

export type Watching =
  | { kind: 'there'; watched: Watched }
  | { kind: 'waiting'; line: FeedStatus | undefined }
  | { kind: 'missing' }

/** Watches a check as long as it is shown. */
export function useWatched(reference: string): Watching {
  const realm = useRealm()
  const { agent } = useOffer()
  useEffect(() => view(realm, reference), [realm, reference])
  const live = useLiveChecks((all) => all[reference])
  const record = useQuery({
    queryKey: ['record', realm, reference],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    staleTime: 60_000,
  })
  const line = live?.line
  if (line?.kind === 'refused' && line.code !== 401 && live?.check === undefined) return { kind: 'missing' }
  if (live?.check === undefined) return { kind: 'waiting', line }
  return {
    kind: 'there',
    watched: watchedOf(reference, live, live.check, record.data, agent?.displayName),
  }
}

function watchedOf(
  reference: string,
  live: LiveCheck,
  check: Check,
  record: CheckSummary | undefined,
  ownName: string | undefined,
): Watched {
  const subject = record?.subject ?? undefined
  const person = subjectIn(record, live)
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
    called: {
      name: subject,
      firstName: subject && firstNameOf(person, subject),
      action: record?.action ?? undefined,
      lifeMinutes: Math.round((check.expiresAt - startedAt) / 60_000),
      vouchFor: record?.vouchFor ?? undefined,
      hadSomebodyElse: hadWrongPerson(check),
      asksCode: check.code !== undefined,
      triesLeft: triesLeft(check),
      isOwn,
    },
    name: subject ?? 'The caller',
    agent: isOwn ? 'You' : (record?.agent ?? 'A client'),
  }
}

/** A journey may ask somebody else than the person who calls, such as their manager. */
function subjectIn(record: CheckSummary | undefined, { person }: LiveCheck): Person | undefined {
  const isAnother = typeof record?.subjectId === 'string' && record.subjectId !== person?._id
  return isAnother ? undefined : person
}

/** The parts of a ticket's note, in order. */
export function noteOf(
  { check, record, called, name, reference }: Watched,
  result: string,
): [string, string][] {
  const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toLocaleString())
  const status = lastStatus(check)
  const failed = failedSignIns(check)
  const facts: [string, string | null | undefined][] = [
    ['Result', result],
    [called.vouchFor === undefined ? 'Caller' : 'Vouched by', name],
    ['Caller', called.vouchFor],
    ['For', called.action],
    ['Reason', record?.reason],
    ['Ticket', record?.ticket],
    ['Agent', record?.agent],
    ['Second agent', record?.secondAgent],
    ['Failed sign-ins', failed && [failed.count, failed.reason].filter(Boolean).join(', newest: ')],
    ['Latest update', status && `“${status.text}”`],
    ['Started', time(check.entries[0]?.at)],
    ['Ended', time(endedAt(check))],
    ['Reference', reference],
  ]
  return facts.flatMap(([name, text]) => (text ? [[name, text]] : []))
}
