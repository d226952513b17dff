import './applications.css'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { readApplication } from '../../api/applications.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { ApplicationEditor } from './application-editor.tsx'

/** One application, always read from the server. */
export function ApplicationPage() {
  const { id } = useParams({ from: '/applications/$id' })
  const { realm } = useSearch({ from: '__root__' })
  const read = useQuery({
    queryKey: ['applications', realm, id],
    queryFn: ({ signal }) => readApplication(realm, id, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (read.data !== undefined) {
    return <ApplicationEditor key={`${realm} ${id}`} realm={realm} stored={read.data} />
  }
  return (
    <Page title="Application">
      {read.error === null ? (
        <Skeleton label="Loading application" />
      ) : (
        <ErrorNotice title="The application could not be read" error={read.error} onRetry={read.refetch} />
      )}
    </Page>
  )
}
