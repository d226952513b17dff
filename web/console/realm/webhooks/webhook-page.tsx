import './webhook-page.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ApiError } from '../../../api/request.ts'
import { readWebhook } from '../../../api/webhooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { WebhookEditor } from './webhook-editor.tsx'

const route = getRouteApi('/realm/webhooks/$id')

/** One webhook, always read from the server. */
export function WebhookPage() {
  const { id } = route.useParams()
  const { realm } = route.useSearch()
  const read = useQuery({
    queryKey: ['webhooks', realm, id],
    queryFn: ({ signal }) => readWebhook(realm, id, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (read.data !== undefined)
    return <WebhookEditor key={`${realm} ${id}`} realm={realm} stored={read.data} />
  if (read.error === null) return <Skeleton label="Loading webhook" />
  if (read.error instanceof ApiError && read.error.code === 404) {
    return <EmptyState title="Webhook not found">It has been deleted.</EmptyState>
  }
  return <ErrorNotice title="The webhook could not be read" error={read.error} onRetry={read.refetch} />
}
