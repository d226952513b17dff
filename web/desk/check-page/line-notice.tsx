import type { Line } from '../../api/check-feed.ts'
import { Notice } from '../components/notice.tsx'
import { watchAgain } from '../live/live-checks.ts'
import { useRealm } from '../navigation/navigation.ts'

type LineProps = { reference: string; line: Line | undefined; isRunning: boolean }

/** Says so when news of a check that is under way don't come by themselves. */
export function LineNotice({ reference, line, isRunning }: LineProps) {
  const realm = useRealm()
  if (!isRunning) return null
  const retry = { onRetry: () => watchAgain(realm, reference), retry: 'Connect again' }
  if (line?.kind === 'asking') {
    return (
      <Notice tone="warn" title="The live line is lost." {...retry}>
        The desk now asks every 3 seconds, so news may come a little later. Nothing is missed, and the check
        goes on.
      </Notice>
    )
  }
  if (line?.kind === 'away') {
    return (
      <Notice tone="warn" title="The server cannot be reached." {...retry}>
        What you see may be old: do not go on with the request. The desk keeps trying, and the check goes on.
      </Notice>
    )
  }
  return null
}
