import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { readThemes } from '../../../api/themes.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { storedTheme } from './theme-document.ts'
import { ThemeEditor } from './theme-editor.tsx'

/** One theme, always read from the server. */
export function ThemePage() {
  const { id } = useParams({ from: '/realm/themes/$id' })
  const { realm } = useSearch({ from: '__root__' })
  const read = useQuery({
    queryKey: ['themes', realm, 'opened', id],
    queryFn: ({ signal }) => readThemes(realm, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (read.data === undefined) {
    return read.error === null ? (
      <Skeleton label="Loading theme" />
    ) : (
      <ErrorNotice title="The theme could not be read" error={read.error} onRetry={read.refetch} />
    )
  }
  const stored = storedTheme(read.data, id)
  if (stored === undefined) return <EmptyState title="Theme not found">It has been deleted.</EmptyState>
  return <ThemeEditor key={`${realm} ${id}`} realm={realm} id={id} stored={stored} />
}
