import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { readTemplate } from '../../../api/email-templates.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { TemplateEditor } from './template-editor.tsx'

/** One template, always read from the server. */
export function TemplatePage() {
  const { name } = useParams({ from: '/realm/templates/$name' })
  const { realm } = useSearch({ from: '__root__' })
  const read = useQuery({
    queryKey: ['email-templates', realm, name],
    queryFn: ({ signal }) => readTemplate(realm, name, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (read.data !== undefined)
    return <TemplateEditor key={`${realm} ${name}`} realm={realm} stored={read.data} />
  return read.error === null ? (
    <Skeleton label="Loading template" />
  ) : (
    <ErrorNotice title="The template could not be read" error={read.error} onRetry={read.refetch} />
  )
}
