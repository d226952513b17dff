import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { readWall, type WallAnswer, type WallRow } from '../../api/leads.ts'
import { ApiError } from '../../api/request.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { useRealm } from '../navigation/navigation.ts'

type OpenWall = {
  kind: 'open'
  rows: readonly WallRow[]
  hasMore: boolean
  awaited: WallAnswer['awaited']
  tag: string | undefined
  /** When the server last answered, by the browser's stopwatch. */
  readAt: number
}

/** The person is no lead, or not signed in. Nothing of the wall is kept. */
type ClosedWall = { kind: 'closed'; isSignedOut: boolean; wasOpen: boolean }

export type Wall = OpenWall | ClosedWall

/** A report of an attack is on the wall within about a second. */
const intervalMs = 1_000
const closedIntervalMs = 10_000

/** A server that takes longer counts as unreachable. */
const timeoutMs = 6_000

/** How old the wall may get before it says so. */
const staleMs = 8_000

function useWallQuery() {
  const realm = useRealm()
  const client = useQueryClient()
  const queryKey = ['wall', realm]
  return useQuery(
    queryOptions({
      queryKey,
      queryFn: ({ signal }) => read(realm, client.getQueryData<Wall>(queryKey), signal),
      refetchInterval: ({ state }) => (state.data?.kind === 'closed' ? closedIntervalMs : intervalMs),
      // The next interval tries again.
      retry: false,
      // No caller's name stays in memory when the page is left.
      gcTime: 0,
    }),
  )
}

async function read(realm: string, previous: Wall | undefined, signal: AbortSignal): Promise<Wall> {
  const known = previous?.kind === 'open' ? previous : undefined
  try {
    const answer = await readWall(
      realm,
      known?.tag,
      AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    )
    const readAt = performance.now()
    if (answer === undefined) return { ...(known ?? emptyWall), readAt }
    const { wall, tag } = answer
    return { kind: 'open', rows: wall.result, hasMore: wall.hasMore, awaited: wall.awaited, tag, readAt }
  } catch (error) {
    if (!(error instanceof ApiError) || (error.code !== 401 && error.code !== 403)) throw error
    const wasOpen = previous !== undefined && (previous.kind === 'open' || previous.wasOpen)
    return { kind: 'closed', isSignedOut: error.code === 401, wasOpen }
  }
}

/** The server says "unchanged" only about an answer that we have, so this is never shown. */
const emptyWall: OpenWall = {
  kind: 'open',
  rows: [],
  hasMore: false,
  awaited: [],
  tag: undefined,
  readAt: 0,
}

/** The wall as it is now. */
export type LiveWall =
  | { kind: 'loading' }
  | { kind: 'failed'; retry(): void }
  | ClosedWall
  | (OpenWall & {
      /** The server's time; epoch milliseconds. */
      now: number
      /** The server's time of the last answer, if that is too long ago. */
      staleSince: number | undefined
    })

export function useWall(): LiveWall {
  const { data, error, refetch } = useWallQuery()
  const now = useServerNow()
  if (data === undefined)
    return error === null ? { kind: 'loading' } : { kind: 'failed', retry: () => refetch() }
  if (data.kind === 'closed') return data
  const age = performance.now() - data.readAt
  const isStale = error !== null || age > staleMs
  return {
    ...data,
    now,
    staleSince: isStale ? now - age : undefined,
  }
}
