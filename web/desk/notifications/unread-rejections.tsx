import { t } from '../../translate/translate.ts'
import './toasts.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { acknowledgeRejection, type CheckRow } from '../../api/help-desk.ts'
import { Notice } from '../components/notice.tsx'
import { useRejectedChecks } from '../layout/queries.ts'
import { Link } from '../navigation/link.tsx'
import { useRealm } from '../navigation/navigation.ts'
import { isUnread } from './check-news.ts'
import { seeNews } from './news.ts'

/** "This is not me" on a check of the agent stays on every page until that agent presses Read. The server remembers it. */
export function UnreadRejections() {
  const rejected = useRejectedChecks()
  const unread = (rejected.data?.rows ?? []).filter(isUnread)
  return (
    <div className="rejections stack gap-2 below-4">
      {unread.map((row) => (
        <UnreadRejection key={row.reference} row={row} />
      ))}
    </div>
  )
}

function UnreadRejection({ row }: { row: CheckRow }) {
  const realm = useRealm()
  const queries = useQueryClient()
  const [hasFailed, setHasFailed] = useState(false)
  const { reference, subject, ending } = row
  const name = subject ?? t('The caller')
  const read = async () => {
    try {
      await acknowledgeRejection(realm, reference)
      setHasFailed(false)
      seeNews((to) => to.page === 'check' && to.reference === reference)
    } catch {
      setHasFailed(true)
    }
    await queries.invalidateQueries({ queryKey: ['rejected'] })
  }
  return (
    <Notice
      tone="bad"
      title={titleOf(subject ?? undefined, ending === 'calledMe')}
      acts={
        <Button
          variant="filled"
          color="bad"
          size="xs"
          aria-label={t('Mark as read: {name}', { name })}
          onClick={read}
        >
          {t('Mark as read')}
        </Button>
      }
    >
      {t('Stop, and treat the call as an attack.')}{' '}
      <Link to={{ page: 'check', reference }}>{t('Open {reference}', { reference })}</Link>
      {hasFailed && ` ${t('It could not be marked as read. Try again.')}`}
    </Notice>
  )
}

function titleOf(name: string | undefined, wasCalled: boolean): string {
  if (name === undefined) {
    return wasCalled
      ? t('The caller was called by someone who poses as the help desk.')
      : t('The caller said “This is not me”.')
  }
  return wasCalled
    ? t('{name} was called by someone who poses as the help desk.', { name })
    : t('{name} said “This is not me”.', { name })
}
