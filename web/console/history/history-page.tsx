import '../components/listing.css'
import './history.css'
import '../components/rows.css'
import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type ChangesFilter, listChanges, type Version } from '../../api/versions.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { FilterField } from '../components/filter-field.tsx'
import { LoadState } from '../components/load-state.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { Time } from '../components/time.tsx'
import { HistorySheet } from './history-sheet.tsx'
import { ThingLink } from './thing-link.tsx'
import { UndoImport } from './undo-import.tsx'
import { howAndWho, kindTitles, thingTitle, versionKinds } from './version-text.ts'

const route = getRouteApi('/history')

/** The changes of a realm, newest first. Deleted things are found and restored here. */
export function HistoryPage() {
  const { realm } = useSearch({ from: '__root__' })
  return <HistoryOf key={realm} realm={realm} />
}

function HistoryOf({ realm }: { realm: string }) {
  const { only, kind, text, person } = route.useSearch()
  const deleted = only === 'deleted' ? 'true' : undefined
  const changes = useChanges(realm, { deleted, kind, text, person })
  const [shown, setShown] = useState<Shown>()
  const [done, setDone] = useState<ReactNode>()
  const undo = (number: number) => setShown({ kind: 'undo', number })
  const open = (version: Version) => setShown({ kind: 'history', version })
  const { data } = changes
  return (
    <Page
      title="History"
      description="Changes of journeys, scripts, custom nodes, themes, email templates and realm settings."
    >
      <Filters />
      {done !== undefined && (
        <p className="callout accent below-3 pad-2 text-note" role="status">
          {done}
        </p>
      )}
      <LoadState query={changes} of="history" />
      {data?.length === 0 && (
        <NoChanges isDeleted={only === 'deleted'} isFiltered={Boolean(kind ?? text ?? person)} />
      )}
      {data !== undefined && data.length > 0 && (
        <ul className="listing changes panel" aria-label="Changes">
          {changesOf(data).map(({ first, things }) =>
            first.cause === 'import' ? (
              <ImportRows key={first.number} things={things} onOpen={open} onUndo={undo} />
            ) : (
              <ChangeRow key={keyOf(first)} version={first} onOpen={open} />
            ),
          )}
        </ul>
      )}
      <MoreButton list={changes} label="Show older changes" />
      <Dialogs realm={realm} shown={shown} onDone={setDone} onClose={() => setShown(undefined)} />
    </Page>
  )
}

type Shown = { kind: 'history'; version: Version } | { kind: 'undo'; number: number }

type DialogsProps = {
  realm: string
  shown: Shown | undefined
  onDone(notice: ReactNode): void
  onClose(): void
}

function Dialogs({ realm, shown, onDone, onClose }: DialogsProps) {
  const queries = useQueryClient()
  if (shown?.kind === 'undo') {
    const done = () => {
      onDone('The import was undone.')
      onClose()
    }
    return <UndoImport realm={realm} number={shown.number} onDone={done} onClose={onClose} />
  }
  if (shown === undefined) return null
  const { version } = shown
  return (
    <HistorySheet
      realm={realm}
      thing={version}
      name={version.name}
      onRestored={() => {
        onDone(
          <>
            Restored: <ThingLink realm={realm} thing={version} />
          </>,
        )
        return queries.invalidateQueries()
      }}
      onClose={onClose}
    />
  )
}

type Change = { first: Version; things: Version[] }

/** Things that one import brought are one change, as they can be undone together. */
function changesOf(versions: readonly Version[]): Change[] {
  const changes: Change[] = []
  for (const version of versions) {
    const last = changes.at(-1)
    const isSame = version.cause === 'import' && last?.first.cause === 'import'
    if (isSame && last.first.number === version.number) last.things.push(version)
    else changes.push({ first: version, things: [version] })
  }
  return changes
}

function keyOf({ number, kind, id }: Version): string {
  return `${number} ${kind} ${id}`
}

function Filters() {
  const { only, kind, text, person } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Partial<ReturnType<typeof route.useSearch>>) =>
    navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  return (
    <search className="filters">
      <FilterField
        className="words"
        aria-label="Search changes"
        placeholder="Name or note"
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        value={text}
        onChange={(value) => change({ text: value })}
      />
      <Select
        aria-label="Kind"
        placeholder="Any kind"
        data={versionKinds.map((value) => ({ value, label: kindTitles[value] }))}
        value={kind ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Any kind' }}
        onChange={(value) => change({ kind: value ?? undefined })}
      />
      <FilterField
        aria-label="Person"
        placeholder="Person"
        value={person}
        onChange={(value) => change({ person: value })}
      />
      <SegmentedControl
        aria-label="Changes"
        withItemsBorders={false}
        value={only ?? 'all'}
        onChange={(value) => change({ only: value === 'deleted' ? 'deleted' : undefined })}
        data={[
          { value: 'all', label: 'All changes' },
          { value: 'deleted', label: 'Deletions' },
        ]}
      />
    </search>
  )
}

function useChanges(realm: string, filter: ChangesFilter) {
  return useInfiniteQuery({
    queryKey: ['changes', realm, filter],
    queryFn: ({ pageParam, signal }) => listChanges(realm, { before: pageParam, ...filter }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ result }) => result),
    staleTime: 0,
    // An import that was opened stays open while a search is answered.
    placeholderData: keepPreviousData,
  })
}

function ChangeRow({ version, onOpen }: { version: Version; onOpen(version: Version): void }) {
  const { kind, name } = version
  const isOfRealm = kind === 'realmSettings'
  return (
    <Row
      version={version}
      name={isOfRealm ? 'Realm settings' : name}
      what={isOfRealm ? '' : kindTitles[kind]}
    >
      <Button
        variant="default"
        size="compact-md"
        aria-label={`History of ${thingTitle(version, name)}`}
        onClick={() => onOpen(version)}
      >
        History
      </Button>
    </Row>
  )
}

type ImportProps = {
  things: readonly Version[]
  onOpen(version: Version): void
  onUndo(number: number): void
}

/** An import as one row, and on request what it brought. */
function ImportRows({ things, onOpen, onUndo }: ImportProps) {
  const [isOpen, setOpen] = useState(false)
  const [first] = things
  if (first === undefined) return null
  return (
    <>
      <Row version={first} name="Import" what={things.length === 1 ? '1 change' : `${things.length} changes`}>
        <Button variant="subtle" size="compact-md" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide changes' : 'Show changes'}
        </Button>
        {things.every(({ isRestorable }) => isRestorable) && (
          <Button variant="default" size="compact-md" onClick={() => onUndo(first.number)}>
            Undo import…
          </Button>
        )}
      </Row>
      {isOpen &&
        things.map((version) => <ChangeRow key={keyOf(version)} version={version} onOpen={onOpen} />)}
    </>
  )
}

type RowProps = { version: Version; name: string; what: string; children: ReactNode }

function Row({ version, name, what, children }: RowProps) {
  const { savedAt, note } = version
  return (
    <li className="align-center breaks">
      <div>
        <p className="change-what">
          <bdi className="medium inked">{name}</bdi>
          <span>{what}</span>
        </p>
        {note !== null && <p dir="auto">{note}</p>}
      </div>
      <p>
        <bdi>{howAndWho(version)}</bdi>
      </p>
      <p>{savedAt !== null && <Time at={savedAt} />}</p>
      <div className="wrap justify-end gap-1">{children}</div>
    </li>
  )
}

function NoChanges({ isDeleted, isFiltered }: { isDeleted: boolean; isFiltered: boolean }) {
  if (isFiltered)
    return <EmptyState title="No matching changes">Change the search or the filters.</EmptyState>
  return isDeleted ? (
    <EmptyState title="Nothing was deleted">Deleted things appear here and can be restored.</EmptyState>
  ) : (
    <EmptyState title="No changes yet">Every save makes a version, which appears here.</EmptyState>
  )
}
