import { useEffect, useRef } from 'react'
import { type CheckRow, readCheck } from '../../api/help-desk.ts'
import { ApiError } from '../../api/request.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { useOfferedChecks, useRecentChecks, useRejectedChecks } from '../layout/queries.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { Route } from '../navigation/route.ts'
import { type News, notify, seeNews } from './news.ts'
import { isUnread } from './unread-rejections.tsx'

/** Tells the agent what happens to checks that are not on the page: results, rejections, offers and take-overs. */
export function useNewsOfChecks(route: Route): void {
  const realm = useRealm()
  const own = useRecentChecks().data?.rows
  const offered = useOfferedChecks().data?.rows
  const rejected = useRejectedChecks().data?.rows
  const tell = (news: News) => {
    if (!isLookedAt(route, news.to)) notify(news)
  }
  useChanges(own, (before, now) => {
    for (const row of now) if (hasEnded(before, row)) tell(resultNews(row))
    for (const row of takenOver(before, now)) void tellTakeover(realm, row, tell)
  })
  useChanges(rejected, (before, now) => {
    for (const row of now) if (!before.has(row.reference)) tell(resultNews(row))
  })
  useChanges(offered, (before, now) => {
    for (const row of now) if (!before.has(row.reference)) tell(offerNews(row))
  })
  useEffect(() => {
    const see = () => seeNews((to) => isLookedAt(route, to))
    see()
    document.addEventListener('visibilitychange', see)
    return () => document.removeEventListener('visibilitychange', see)
  }, [route])
}

type Rows = ReadonlyMap<string, CheckRow>

/** Compares each new list with the one before. The first list is no news. */
function useChanges(
  rows: readonly CheckRow[] | undefined,
  compare: (before: Rows, now: readonly CheckRow[]) => void,
): void {
  const before = useRef<Rows>(undefined)
  const latest = useRef(compare)
  latest.current = compare
  useEffect(() => {
    if (rows === undefined) return
    if (before.current !== undefined) latest.current(before.current, rows)
    before.current = new Map(rows.map((row) => [row.reference, row]))
  }, [rows])
}

function isLookedAt(route: Route, to: Route | undefined): boolean {
  if (document.visibilityState !== 'visible' || to?.page !== 'check') return false
  return route.page === 'check' && route.reference === to.reference
}

function hasEnded(before: Rows, row: CheckRow): boolean {
  return row.isOwn && row.ending !== null && before.get(row.reference)?.ending === null
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
    ({ isOwn, agent }) => (isOwn ? undefined : `${agent} took this check over.`),
    (error: unknown) => (error instanceof ApiError && error.code === 403 ? error.message : undefined),
  )
  if (title === undefined) return
  const to = { page: 'check', reference: row.reference } as const
  tell({ key: `${row.reference} taken over`, title, text: nameOf(row), tone: 'info', to })
}

function resultNews(row: CheckRow): News {
  const standing = standingOfRow(row)
  const tone = isAlarm(standing) ? 'bad' : standing === 'verified' ? 'good' : 'info'
  return {
    key: `${row.reference} ${standing}`,
    title: `${shortStatus(standing)} · ${nameOf(row)}`,
    ...(row.action !== null && { text: row.action }),
    tone,
    isOnPage: isUnread(row),
    to: { page: 'check', reference: row.reference },
  }
}

function offerNews(row: CheckRow): News {
  return {
    key: `${row.reference} offered by ${row.agent}`,
    title: `${row.agent} offers you a check`,
    text: nameOf(row),
    tone: 'info',
    to: { page: 'check', reference: row.reference },
  }
}

function nameOf({ subject }: CheckRow): string {
  return subject ?? 'A caller'
}
