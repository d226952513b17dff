import type { FeedStatus } from '../../api/check-feed.ts'
import { OfflineError } from '../../api/request.ts'
import { ErrorNotice } from '../components/error-notice.tsx'

/** Says so when news of a transaction that is under way do not come by themselves. */
export function ConnectionNotice({
  line,
  isRunning,
  onRetry,
}: {
  line: FeedStatus | undefined
  isRunning: boolean
  onRetry(): void
}) {
  if (!isRunning || (line?.kind !== 'polling' && line?.kind !== 'disconnected')) return null
  return line.kind === 'disconnected' ? (
    <ErrorNotice
      title="News do not come through. What you see may be old."
      error={new OfflineError(undefined)}
      onRetry={onRetry}
    />
  ) : (
    <p className="renewal lost" role="status">
      The live line is lost: asked for every 3 s
    </p>
  )
}
