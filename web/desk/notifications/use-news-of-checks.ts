import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import * as z from 'zod/mini'
import type { Approval } from '../../api/approvals.ts'
import { type CheckRow, listChecks, readCheck } from '../../api/help-desk.ts'
import { ApiError } from '../../api/request.ts'
import { t } from '../../translate/translate.ts'
import { useApprovals } from '../approvals/approval-queries.ts'
import { hasNoEnding, useOfferedChecks, useRecentChecks, useRejectedChecks } from '../layout/queries.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { Route } from '../navigation/route.ts'
import { checkNews, nameOf, type Rows, resultNews } from './check-news.ts'
import { type News, notify, seeNews } from './news.ts'

/** Tells the agent what happens to checks that are not on the page: results, rejections, offers, take-overs and requests for
 * approval. */
export function useNewsOfChecks(route: Route): void {
  const realm = useRealm()
  const own = useRecentChecks().data?.rows
  const offered = useOfferedChecks().data?.rows
  const rejected = useRejectedChecks().data?.rows
  usePulse(own)
  const approvals = useApprovals().data
  const tell = (news: News) => {
    if (!isLookedAt(route, news.to)) notify(news)
  }
  useChanges(own, referenceOf, (before, now) => {
    for (const row of now) for (const news of checkNews(before.get(row.reference), row)) tell(news)
    for (const row of takenOver(before, now)) void tellTakeover(realm, row, tell)
  })
  useChanges(rejected, referenceOf, (before, now) => {
    for (const row of now) if (!before.has(row.reference)) tell(resultNews(row))
  })
  useChanges(offered, offerKey, (before, now) => {
    for (const row of now) if (!before.has(offerKey(row))) tell(offerNews(row))
  })
  useChanges(approvals, idOf, (before, now) => {
    const answerable = now.filter(({ mayAnswer }) => mayAnswer)
    for (const approval of answerable) if (!before.has(approval._id)) tell(approvalNews(approval))
    // What a colleague has answered is no news.
    seeNews((to) => to.page === 'approval' && answerable.every(({ _id }) => _id !== to.id))
  })
  useEffect(() => {
    const see = () => seeNews((to) => isLookedAt(route, to))
    see()
    document.addEventListener('visibilitychange', see)
    return () => document.removeEventListener('visibilitychange', see)
  }, [route])
}

/** Compares each new list with the one before. The first list is no news. */
function useChanges<Row>(
  rows: readonly Row[] | undefined,
  keyOf: (row: Row) => string,
  compare: (before: Rows<Row>, now: readonly Row[]) => void,
): void {
  const before = useRef<Rows<Row>>(undefined)
  const latest = useRef({ keyOf, compare })
  latest.current = { keyOf, compare }
  useEffect(() => {
    if (rows === undefined) return
    const { keyOf, compare } = latest.current
    if (before.current !== undefined) compare(before.current, rows)
    before.current = new Map(rows.map((row) => [keyOf(row), row]))
  }, [rows])
}

/** A short list, read each second while a check runs: a change in it makes the desk read the long one at once. */
function usePulse(own: readonly CheckRow[] | undefined): void {
  const realm = useRealm()
  const queries = useQueryClient()
  const isRunning = own?.some(hasNoEnding) === true
  const { data: pulse } = useQuery({
    queryKey: ['pulse', realm],
    queryFn: async ({ signal }) => {
      const { rows } = await listChecks(realm, { scope: 'own', state: 'open', pageSize: 20, signal })
      return rows.map(({ reference, lastKind }) => `${reference} ${lastKind}`).join()
    },
    enabled: isRunning,
    refetchInterval: 1_000,
    refetchIntervalInBackground: true,
  })
  const before = useRef(pulse)
  useEffect(() => {
    if (before.current !== undefined && before.current !== pulse)
      void queries.invalidateQueries({ queryKey: ['recent', realm] })
    before.current = pulse
  }, [pulse, queries, realm])
}

function isLookedAt(route: Route, to: Route | undefined): boolean {
  if (document.visibilityState !== 'visible') return false
  if (to?.page === 'approval') return route.page === 'approval' && route.id === to.id
  return to?.page === 'check' && route.page === 'check' && route.reference === to.reference
}

/** Checks of the agent in the list before, and of another agent now. A full list also loses its oldest rows. */
function takenOver(before: Rows, now: readonly CheckRow[]): CheckRow[] {
  const isStillOwn = new Map(now.map(({ reference, isOwn }) => [reference, isOwn]))
  const oldest = now.at(-1)?.startedAt ?? 0
  return [...before.values()].filter(
    ({ reference, isOwn, startedAt }) => isOwn && isStillOwn.get(reference) !== true && startedAt >= oldest,
  )
}

async function tellTakeover(realm: string, row: CheckRow, tell: (news: News) => void): Promise<void> {
  const title = await readCheck(realm, row.reference).then(
    ({ isOwn, agent }) => (isOwn ? undefined : tookOver(agent)),
    takerOf,
  )
  if (title === undefined) return
  const to = { page: 'check', reference: row.reference } as const
  tell({ key: `${row.reference} taken over`, title, text: nameOf(row), tone: 'info', to })
}

const takenOverSchema = z.object({ problem: z.literal('takenOver'), agent: z.string() })

function tookOver(agent: string | null): string {
  return t('{agent} took this check over.', { agent: agent ?? t('A client') })
}

function takerOf(error: unknown): string | undefined {
  const parsed = error instanceof ApiError ? z.safeParse(takenOverSchema, error.detail) : undefined
  return parsed?.success === true ? tookOver(parsed.data.agent) : undefined
}

function offerNews(row: CheckRow): News {
  return {
    key: offerKey(row),
    title: t('{agent} offers you a check', { agent: row.agent ?? t('A colleague') }),
    text: nameOf(row),
    tone: 'info',
    to: { page: 'check', reference: row.reference },
  }
}

/** An offer that was withdrawn and made again is news. */
function offerKey({ reference, offeredTo }: CheckRow): string {
  return `${reference} offered at ${offeredTo?.at}`
}

/** The banner on every page tells it, too. */
function approvalNews({ _id: id, requestedBy, subjectName }: Approval): News {
  return {
    key: `approval ${id}`,
    title: t('{agent} needs a second agent', { agent: requestedBy.displayName }),
    text: subjectName,
    tone: 'info',
    isOnPage: true,
    to: { page: 'approval', id },
  }
}

function idOf({ _id }: Approval): string {
  return _id
}

function referenceOf({ reference }: CheckRow): string {
  return reference
}
