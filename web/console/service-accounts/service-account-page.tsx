import '../components/sections.css'
import './service-accounts.css'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { readServiceAccount } from '../../api/service-accounts.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { ServiceAccountEditor } from './service-account-editor.tsx'

/** One service account, always read from the server. */
export function ServiceAccountPage() {
  const { id } = useParams({ from: '/service-accounts/$id' })
  const { realm } = useSearch({ from: '__root__' })
  const read = useQuery({
    queryKey: ['service-accounts', id],
    queryFn: ({ signal }) => readServiceAccount(id, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (read.data !== undefined) return <ServiceAccountEditor key={id} realm={realm} stored={read.data} />
  return (
    <Page title="Service account">
      {read.error === null ? (
        <Skeleton label="Loading service account" />
      ) : (
        <ErrorNotice
          title="The service account could not be read"
          error={read.error}
          onRetry={read.refetch}
        />
      )}
    </Page>
  )
}
