import './sessions-page.css'
import '../components/rows.css'
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Session } from '../../api/sessions.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { clockTime } from '../../check-model/times.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { EndSessions, type SessionsToEnd } from './end-sessions.tsx'
import { PersonFilter } from './person-filter.tsx'
import { SessionTable } from './session-table.tsx'
import { type SessionList, useSessions } from './use-sessions.ts'

const route = getRouteApi('/sessions')

/** Who is signed in to a realm, and the way to end that. */
export function SessionsPage() {
  const { realm, person } = route.useSearch()
  const list = useSessions(realm, person)
  return (
    <Page title="Sessions" description="Who is signed in to this realm, since when, and until when.">
      <PersonFilter />
      {list.error !== null && (
        <ErrorNotice title={errorTitle(list)} error={list.error} onRetry={() => list.refetch()} />
      )}
      {list.isPending && <Skeleton label="Reading the sessions" rows={8} />}
      {list.data !== undefined && <SessionRows key={`${realm} ${person}`} list={list} />}
    </Page>
  )
}

function errorTitle({ data, dataUpdatedAt }: SessionList): string {
  return data === undefined
    ? 'The sessions could not be read'
    : `This list is of ${clockTime(dataUpdatedAt)} and could not be renewed`
}

function SessionRows({ list }: { list: SessionList }) {
  const { realm, person } = route.useSearch()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [ending, setEnding] = useState<SessionsToEnd>()
  const sessions = list.data?.pages.flatMap((page) => page.sessions) ?? []
  // One that was chosen may have ended meanwhile.
  const isChosen = (session: Session) => chosen.has(session.sessionHandle)
  const selected = sessions.filter(isChosen)
  if (sessions.length === 0) return <NoSessions person={person} />
  return (
    <>
      <SelectionBar selected={selected} onEnd={setEnding} onClear={() => setChosen(new Set())} />
      <SessionTable sessions={sessions} chosen={chosen} onChoose={setChosen} onEnd={setEnding} />
      <MoreButton list={list} />
      {ending !== undefined && (
        <EndSessions realm={realm} ending={ending} onClose={() => setEnding(undefined)} />
      )}
    </>
  )
}

type ChosenBarProps = { selected: readonly Session[]; onEnd(ending: SessionsToEnd): void; onClear(): void }

/** What can be done with those that are chosen. */
function SelectionBar({ selected, onEnd, onClear }: ChosenBarProps) {
  if (selected.length === 0) return null
  const count = selected.length
  return (
    <div className="chosen-bar">
      <p role="status">{count} chosen</p>
      <Button variant="subtle" size="xs" onClick={onClear}>
        Choose none
      </Button>
      <Button
        variant="outline"
        color="bad"
        size="xs"
        onClick={() => onEnd({ kind: 'sessions', sessions: selected })}
      >
        {count === 1 ? 'End 1 session' : `End ${count} sessions`}
      </Button>
    </div>
  )
}

function NoSessions({ person }: { person: string | undefined }) {
  const navigate = route.useNavigate()
  if (person === undefined) {
    return (
      <EmptyState title="Nobody is signed in">
        A session begins when a journey of this realm ends in success. It shows up here.
      </EmptyState>
    )
  }
  const showAll = () => navigate({ search: ({ realm }) => ({ realm }) })
  return (
    <EmptyState
      title="No session fits"
      action={
        <Button variant="default" onClick={showAll}>
          Show all
        </Button>
      }
    >
      Nobody with the user name <bdi>{plainText(person)}</bdi> is signed in to this realm.
    </EmptyState>
  )
}
