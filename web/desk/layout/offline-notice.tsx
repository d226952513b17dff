import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { OfflineError } from '../../api/request.ts'
import { t } from '../../translate/translate.ts'
import { reconnectAll, useLiveChecks } from '../checks/live-checks.ts'
import { Notice } from '../components/notice.tsx'
import { useRealm } from '../navigation/navigation.ts'
import { recentChecksQuery, useRecentChecks } from './queries.ts'

/** Whether the list or a check on the page can't be read, because the server cannot be reached. */
function useIsOffline(): boolean {
  const { error } = useRecentChecks()
  const isCheckLost = useLiveChecks((all) =>
    Object.values(all).some(({ status }) => status?.kind === 'disconnected'),
  )
  return isCheckLost || error instanceof OfflineError
}

/** The same on every page, above what may be out of date. */
export function OfflineNotice() {
  const realm = useRealm()
  const queries = useQueryClient()
  const isOffline = useIsOffline()
  useEffect(() => {
    // The list is read again at once, which finds out whether this server can be reached.
    const check = () => queries.invalidateQueries(recentChecksQuery(realm))
    addEventListener('offline', check)
    addEventListener('online', check)
    return () => {
      removeEventListener('offline', check)
      removeEventListener('online', check)
    }
  }, [queries, realm])
  if (!isOffline) return null
  return (
    <div className="below-4">
      <Notice
        tone="warn"
        title={t('The server cannot be reached.')}
        onRetry={() => {
          queries.invalidateQueries()
          reconnectAll(realm)
        }}
        retry={t('Reconnect')}
      >
        {t('This may be out of date. Don’t act on it. The desk keeps trying, and running checks continue.')}
      </Notice>
    </div>
  )
}
