import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import * as z from 'zod/mini'
import {
  type CheckProof,
  type CheckRecord,
  type CheckRow,
  type Person,
  readCheck,
} from '../../api/help-desk.ts'
import { ApiError, mayPass } from '../../api/request.ts'
import {
  type Check,
  hadWrongPerson,
  hasBegun,
  isOpen,
  type Standing,
  standingOf,
  triesLeft,
} from '../../check-model/check.ts'
import { shortTime } from '../../check-model/times.ts'
import type { FeedStatus } from '../../check-model/watch-check.ts'
import { t } from '../../translate/translate.ts'
import { type FrontJourney, useFrontJourneys } from '../checks/journey-store.ts'
import { useLiveChecks, watchWhileShown } from '../checks/live-checks.ts'
import { useRecentChecks } from '../layout/queries.ts'
import type { CheckDetails } from '../messages/check-messages.ts'
import { firstName } from '../messages/names.ts'
import { resultFacts } from '../messages/result-facts.ts'
import { useRealm } from '../navigation/navigation.ts'
import { resultChanges, useProof } from './use-proof.ts'

/** A check with everything that its page derives from it. */
export type CheckView = {
  reference: string
  check: Check
  standing: Standing
  isRunning: boolean
  feed: FeedStatus | undefined
  /** The front journey, if it runs in this window. */
  journey: FrontJourney | undefined
  /** The subject's attributes. Only the agent of the check gets them. */
  person: Person | undefined
  /** Undefined until it has been read. */
  row: CheckRecord | undefined
  /** How the caller proved who they are. Undefined until it has been read, and for transactions that are not checks. */
  proof: CheckProof | undefined
  details: CheckDetails
  /** The subject's name, or “The caller” in the page's language. */
  name: string
  /** The name of the agent of the check; undefined for the agent who looks at it. */
  agent: string | undefined
}

export type CheckState =
  | { kind: 'loaded'; view: CheckView }
  | { kind: 'pending'; status: FeedStatus | undefined }
  /** It is offered to this agent. */
  | { kind: 'colleagues'; row: CheckRow }
  /** It was this agent's. */
  | { kind: 'taken-over'; message: string }
  /** The agent could see it, and lost the role. */
  | { kind: 'no-access' }
  | { kind: 'not-found' }

/** Watches a check while the component is mounted. */
export function useCheck(reference: string): CheckState {
  const realm = useRealm()
  useEffect(() => watchWhileShown(realm, reference), [realm, reference])
  const live = useLiveChecks((all) => all[reference])
  const journey = useFrontJourneys((all) => all[reference])
  const row = useQuery({
    queryKey: ['record', realm, reference],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    staleTime: 60_000,
    refetchInterval: ({ state: { data, error } }) =>
      mayPass(error) || data?.isOwn === false ? 3_000 : false,
  })
  const { check, status: feed } = live ?? {}
  // A 401 says nothing about the check: `SignedOutDialog` handles it.
  const isRefused = feed?.kind === 'refused' && feed.code !== 401
  const proof = useProof(reference, check)
  // Only the record says whose check it is after a take-over, and whether the agent may still see it after a refusal.
  useRefetchAfter(check?.events.filter(({ kind }) => kind === 'takenOver').length ?? 0, row.refetch)
  useRefetchAfter(Number(isRefused), row.refetch)
  // The list beside the page must not say less than the page.
  useRefetchAfter(check === undefined ? 0 : resultChanges(check), useRecentChecks().refetch)
  const takenOver = takenOverMessage(row.error)
  if (takenOver !== undefined) return { kind: 'taken-over', message: takenOver }
  if (check !== undefined && isRefused && isForbidden(row.error)) return { kind: 'no-access' }
  if (check !== undefined) {
    const parts = { reference, check, feed, journey, row: row.data, proof }
    return { kind: 'loaded', view: toView(parts) }
  }
  if (feed?.kind === 'refused' && row.data !== undefined) return { kind: 'colleagues', row: row.data }
  if (isRefused) return { kind: 'not-found' }
  return { kind: 'pending', status: feed }
}

/** Reads again when the count has changed, unless it is 0. */
function useRefetchAfter(count: number, refetch: () => unknown): void {
  useEffect(() => {
    if (count > 0) void refetch()
  }, [count, refetch])
}

function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 403 || error.code === 404)
}

function takenOverMessage(error: unknown): string | undefined {
  const parsed = error instanceof ApiError ? takenOverSchema.safeParse(error.detail) : undefined
  return parsed?.success === true
    ? t('{agent} took this check over.', { agent: parsed.data.agent })
    : undefined
}

const takenOverSchema = z.object({ problem: z.literal('takenOver'), agent: z.string() })

function toView(
  parts: Pick<CheckView, 'reference' | 'check' | 'feed' | 'journey' | 'row' | 'proof'>,
): CheckView {
  const { check, journey, row, proof } = parts
  const subject = row?.subject ?? undefined
  const person = personOf(row, journey)
  const isOwn = row?.isOwn ?? true
  const startedAt = check.events[0]?.at ?? check.expiresAt
  return {
    ...parts,
    standing: standingOf(check, proof?.grant),
    isRunning: isOpen(check),
    person,
    details: {
      name: subject,
      firstName: subject && firstName(person, subject),
      action: row?.action ?? undefined,
      lifeMinutes: Math.round((check.expiresAt - startedAt) / 60_000),
      vouchFor: row?.vouchFor ?? undefined,
      hadWrongPerson: hadWrongPerson(check),
      asksCode: check.code !== undefined,
      hasBegun: hasBegun(check),
      triesLeft: triesLeft(check),
      result: proof && resultFacts(proof, shortTime),
      isOwn,
    },
    name: subject ?? t('The caller'),
    agent: isOwn ? undefined : (row?.agent ?? t('A client')),
  }
}

/** The chosen caller until the check has been read; then its subject, who may be another, such as their manager. */
function personOf(row: CheckRecord | undefined, journey: FrontJourney | undefined): Person | undefined {
  return row === undefined ? journey?.person : (row.person ?? undefined)
}
