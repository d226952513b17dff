import './dev-page.css'
import { useQuery } from '@tanstack/react-query'
import { readPanel } from '../../api/dev.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { CallList } from './call-list.tsx'
import { ConflictList } from './conflict-list.tsx'
import { DevClock } from './dev-clock.tsx'
import { Mailbox } from './mailbox.tsx'
import { panelKey } from './use-dev-action.ts'
import { WalkResults } from './walk-results.tsx'

const refreshMs = 1000

/** The panel of `sidegate dev`: what is around the journeys. */
export function DevPage() {
  const panel = useQuery({
    queryKey: panelKey,
    queryFn: ({ signal }) => readPanel(signal),
    refetchInterval: refreshMs,
  })
  return (
    <Page
      title="Development"
      description="What surrounds the journeys of this project. It ends with sidegate dev."
    >
      {panel.error !== null && (
        <ErrorNotice
          title="The panel could not be read"
          error={panel.error}
          onRetry={() => panel.refetch()}
        />
      )}
      {panel.isPending && <Skeleton label="Loading the panel" rows={6} />}
      {panel.data !== undefined && (
        <div className="dev-panel">
          <ConflictList conflicts={panel.data.conflicts} problems={panel.data.problems} />
          <DevClock now={panel.data.now} aheadMs={panel.data.aheadMs} />
          <WalkResults walks={panel.data.walks} />
          <Mailbox mails={panel.data.mails} />
          <CallList panel={panel.data} />
        </div>
      )}
    </Page>
  )
}
