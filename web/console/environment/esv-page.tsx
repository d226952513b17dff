import '../components/sections.css'
import './environment.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { readEnvironment } from '../../api/environment.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { nameInSettings, variableOfId } from './esv-names.ts'
import { SecretEditor } from './secret-editor.tsx'
import { VariableEditor } from './variable-editor.tsx'

/** One stored variable or secret. */
export function EsvPage() {
  const { id } = useParams({ from: '/environment/$id' })
  const { realm } = useSearch({ from: '__root__' })
  const read = useQuery({
    queryKey: ['environment', id],
    queryFn: ({ signal }) => readEnvironment(signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const variable = read.data?.variables.find(({ _id }) => _id === id)
  const secret = read.data?.secrets.find(({ _id }) => _id === id)
  const isInProcess = read.data?.process.some(({ name }) => name === variableOfId(id)) ?? false
  if (variable !== undefined)
    return <VariableEditor key={id} realm={realm} stored={variable} isInProcess={isInProcess} />
  if (secret !== undefined)
    return <SecretEditor key={id} realm={realm} stored={secret} isInProcess={isInProcess} />
  return (
    <Page title={nameInSettings(id)}>
      <LoadState query={read} of="variable or secret" />
      {read.data !== undefined && (
        <EmptyState
          title="There is no such variable or secret"
          action={
            <Link to="/environment" search={{ realm }}>
              All variables and secrets
            </Link>
          }
        >
          It may have been deleted.
        </EmptyState>
      )}
    </Page>
  )
}
