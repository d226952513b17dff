import './person-page.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { readPerson } from '../../../api/people.ts'
import { readPersonSchema } from '../../../api/person-schema.ts'
import { ApiError } from '../../../api/request.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { PersonEditor } from './person-editor.tsx'

/** One person beside the list, or instead of it on narrow screens. Always read from the server. */
export function PersonPage() {
  const { id } = useParams({ from: '/identities/$id' })
  const { realm } = useSearch({ from: '/identities/$id' })
  return (
    <aside className="person flex gap-4" aria-label="Person">
      <Person key={`${realm} ${id}`} realm={realm} id={id} />
    </aside>
  )
}

function Person({ realm, id }: { realm: string; id: string }) {
  const person = useQuery({
    queryKey: ['person', realm, id],
    queryFn: ({ signal }) => readPerson(realm, id, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const schema = useQuery({
    queryKey: ['person-schema', realm],
    queryFn: ({ signal }) => readPersonSchema(realm, signal),
  })
  if (person.error instanceof ApiError && person.error.code === 404) return <PersonNotFound />
  const failed = [person, schema].find(({ error, data }) => error !== null && data === undefined)
  if (failed?.error) {
    return <ErrorNotice title="The person could not be read" error={failed.error} onRetry={failed.refetch} />
  }
  if (person.data === undefined || schema.data === undefined) return <Skeleton label="Loading person" />
  return <PersonEditor realm={realm} stored={person.data} schema={schema.data} />
}

function PersonNotFound() {
  const search = useSearch({ from: '/identities/$id' })
  return (
    <EmptyState
      title="Person not found"
      action={
        <Button
          renderRoot={(props) => <Link {...props} to="/identities" search={search} />}
          variant="default"
        >
          All people
        </Button>
      }
    >
      The person was deleted or belongs to another realm.
    </EmptyState>
  )
}
