import '../components/listing.css'
import './history.css'
import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listChanges, type Version } from '../../api/versions.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { Time } from '../components/time.tsx'
import { HistorySheet } from './history-sheet.tsx'
import { ThingLink } from './thing-link.tsx'
import { howAndWho, kindTitles, thingTitle } from './version-text.ts'

const route = getRouteApi('/history')

/** The changes of a realm, newest first. Deleted things are found and restored here. */
export function HistoryPage() {
  const { realm } = useSearch({ from: '__root__' })
  return <HistoryOf key={realm} realm={realm} />
}

function HistoryOf({ realm }: { realm: string }) {
  const { only } = route.useSearch()
  const changes = useChanges(realm, only === 'deleted')
  const [opened, setOpened] = useState<Version>()
  const [restored, setRestored] = useState<Version>()
  const queries = useQueryClient()
  const { data } = changes
  return (
    <Page
      title="History"
      description="Changes of journeys, scripts, custom nodes, themes, email templates and realm settings."
      actions={<Filter />}
    >
      {restored !== undefined && (
        <p className="callout accent below-3 pad-2 text-note" role="status">
          Restored: <ThingLink realm={realm} thing={restored} />
        </p>
      )}
      <LoadState query={changes} of="history" />
      {data?.length === 0 && <NoChanges isDeleted={only === 'deleted'} />}
      {data !== undefined && data.length > 0 && (
        <ul className="listing changes panel" aria-label="Changes">
          {data.map((version) => (
            <ChangeRow
              key={`${version.number} ${version.kind} ${version.id}`}
              version={version}
              onOpen={() => setOpened(version)}
            />
          ))}
        </ul>
      )}
      <MoreButton list={changes} label="Show older changes" />
      {opened !== undefined && (
        <HistorySheet
          realm={realm}
          thing={opened}
          name={opened.name}
          onRestored={() => {
            setRestored(opened)
            return queries.invalidateQueries()
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Page>
  )
}

function Filter() {
  const { only } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <SegmentedControl
      aria-label="Changes"
      value={only ?? 'all'}
      onChange={(value) =>
        navigate({
          search: (old) => ({ ...old, only: value === 'deleted' ? 'deleted' : undefined }),
          replace: true,
        })
      }
      data={[
        { value: 'all', label: 'All changes' },
        { value: 'deleted', label: 'Deletions' },
      ]}
    />
  )
}

function useChanges(realm: string, isDeleted: boolean) {
  return useInfiniteQuery({
    queryKey: ['changes', realm, isDeleted],
    queryFn: ({ pageParam, signal }) =>
      listChanges(realm, { before: pageParam, deleted: isDeleted ? 'true' : undefined }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ result }) => result),
    staleTime: 0,
  })
}

function ChangeRow({ version, onOpen }: { version: Version; onOpen(): void }) {
  const { kind, name, savedAt, note } = version
  const title = thingTitle(version, name)
  return (
    <li className="align-center breaks">
      <div>
        <p className="change-what">
          <bdi className="medium inked">{kind === 'realmSettings' ? 'Realm settings' : name}</bdi>
          {kind !== 'realmSettings' && <span>{kindTitles[kind]}</span>}
        </p>
        {note !== null && <p dir="auto">{note}</p>}
      </div>
      <p>
        <bdi>{howAndWho(version)}</bdi>
      </p>
      <p>{savedAt !== null && <Time at={savedAt} />}</p>
      <Button variant="default" size="compact-md" aria-label={`History of ${title}`} onClick={onOpen}>
        History
      </Button>
    </li>
  )
}

function NoChanges({ isDeleted }: { isDeleted: boolean }) {
  return isDeleted ? (
    <EmptyState title="Nothing was deleted">Deleted things appear here and can be restored.</EmptyState>
  ) : (
    <EmptyState title="No changes yet">Every save makes a version, which appears here.</EmptyState>
  )
}
