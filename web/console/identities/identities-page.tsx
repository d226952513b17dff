import './identities-page.css'
import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { Outlet, useMatchRoute, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { useOpenedAct } from '../components/use-opened-act.ts'
import { FilterBar } from './filter-bar.tsx'
import { NewPerson } from './new-person.tsx'
import { PeopleList } from './people-list.tsx'
import { type PeopleFilter, usePeople } from './use-people.ts'

/** The people of a realm, with the open person beside the list. */
export function IdentitiesPage() {
  const { realm, ...search } = useSearch({ from: '/identities' })
  const isOneOpen = useMatchRoute()({ to: '/identities/$id' }) !== false
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const filter: PeopleFilter = {
    text: String(search.q ?? ''),
    status: search.status ?? 'all',
    sort: search.sort ?? 'userName',
  }
  const newButton = (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      New person
    </Button>
  )
  return (
    <div className={isOneOpen ? 'identities with-person' : 'identities'}>
      <Page title="Identities" description="People who can sign in to this realm." actions={newButton}>
        <People realm={realm} filter={filter} newButton={newButton} />
      </Page>
      <Outlet />
      {isNew && <NewPerson realm={realm} onClose={() => setNew(false)} />}
    </div>
  )
}

type PeopleProps = { realm: string; filter: PeopleFilter; newButton: ReactNode }

function People({ realm, filter, newButton }: PeopleProps) {
  const found = usePeople(realm, filter)
  const { people, total, hasNextPage, fetchNextPage, isFetchingNextPage } = found
  const navigate = useNavigate()
  const isAll = filter.text === '' && filter.status === 'all'
  const change = (changes: Partial<PeopleFilter>) => {
    const { text, status, sort } = { ...filter, ...changes }
    return navigate({
      to: '.',
      replace: true,
      search: (now) => ({
        ...now,
        q: text || undefined,
        status: status === 'all' ? undefined : status,
        sort: sort === 'userName' ? undefined : sort,
      }),
    })
  }
  if (people?.length === 0 && isAll) {
    return (
      <EmptyState title="No people yet" action={newButton}>
        People register themselves in a journey, are imported, or are created here.
      </EmptyState>
    )
  }
  return (
    <>
      <FilterBar key={realm} filter={filter} onChange={change} />
      <LoadState query={found} of="people" />
      {people?.length === 0 && <p role="status">No matching people.</p>}
      {people !== undefined && people.length > 0 && (
        <PeopleList
          people={people}
          total={total}
          onMore={hasNextPage ? () => fetchNextPage() : undefined}
          isReadingMore={isFetchingNextPage}
        />
      )}
    </>
  )
}
