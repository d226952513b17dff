import { t } from '../../translate/translate.ts'
import './all-checks-page.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { isEnded } from '../../check-model/check-mark.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { type ListedCheck, useCheckList } from '../layout/use-check-list.ts'
import { useNavigate } from '../navigation/navigation.ts'
import { CheckRowCard } from './check-row-card.tsx'

/** Browsers open at most six HTTP/1.1 connections to a server. Four feeds leave two for other requests. */
const maxFeeds = 4

/**
 * All running checks at once, each in one row. Ended checks stay in their row until the agent leaves the page, so that no
 * result is missed.
 */
export function AllChecksPage() {
  const navigate = useNavigate()
  const { running, today, isReady } = useCheckList()
  const shown = useEverRunning(running, today)
  const followed = shown.filter(({ standing }) => !isEnded(standing)).slice(0, maxFeeds)
  const count = t('{count} in progress', { count: running.length })
  useDocumentTitle(`${count} · ${t('Desk')}`)
  return (
    <section className="all-checks">
      <header className="flex align-end justify-between below-4">
        <h1 className="heading-1">{t('All checks')}</h1>
        <p className="note">{count}</p>
      </header>
      {isReady && shown.length === 0 && (
        <div className="desk-empty">
          <p>{t('Checks in progress appear here.')}</p>
          <Button onClick={() => navigate({ page: 'new' })}>{t('New check')}</Button>
        </div>
      )}
      <div className="stack gap-2">
        {shown.map((listed) => (
          <CheckRowCard key={listed.row.reference} {...listed} isLive={followed.includes(listed)} />
        ))}
      </div>
    </section>
  )
}

/** The running checks, and those that ended since the page was opened, in their places. */
function useEverRunning(
  running: readonly ListedCheck[],
  today: readonly ListedCheck[],
): readonly ListedCheck[] {
  const [seen, setSeen] = useState<readonly string[]>([])
  const added = running.map(({ row }) => row.reference).filter((reference) => !seen.includes(reference))
  if (added.length > 0) setSeen([...seen, ...added])
  const listed = new Map([...today, ...running].map((check) => [check.row.reference, check]))
  return [...seen, ...added].flatMap((reference) => listed.get(reference) ?? [])
}
