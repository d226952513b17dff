import { clockTime } from '../../check-model/times.ts'
import { ErrorNotice } from './error-notice.tsx'
import { Skeleton } from './skeleton.tsx'

type Props = {
  query: { data?: unknown; error: Error | null; dataUpdatedAt: number; refetch(): unknown }
  /** Name of what is read, such as `realms`. */
  of: string
  rows?: number
  /** Whether the list refreshes itself. */
  isLive?: boolean
}

/** The error of a query's last try, and placeholder rows during its first load. */
export function LoadState({ query, of, rows, isLive = false }: Props) {
  const { data, error, dataUpdatedAt, refetch } = query
  if (error === null) {
    return data === undefined ? (
      <Skeleton label={`Loading ${of}`} {...(rows !== undefined && { rows })} />
    ) : null
  }
  const title =
    isLive && data !== undefined
      ? `This list is from ${clockTime(dataUpdatedAt)} and could not be refreshed`
      : `The ${of} could not be read`
  return <ErrorNotice title={title} error={error} onRetry={() => refetch()} />
}
