import './sessions-page.css'
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Session } from '../../api/sessions.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { EndSessions, type SessionsToEnd } from './end-sessions.tsx'
import { PersonFilter } from './person-filter.tsx'
import { SessionTable } from './session-table.tsx'
import { type SessionList, useSessions } from './use-sessions.ts'

const route = getRouteApi('/sessions')

/** Active sessions of a realm, which can be ended here. */
export function SessionsPage() {
  const { realm, person } = route.useSearch()
  const list = useSessions(realm, person)
  return (
    <Page title="Sessions" description="People who are signed in to this realm.">
      <PersonFilter />
      <LoadState query={list} of="sessions" rows={8} isLive />
      {list.data !== undefined && <SessionRows key={`${realm} ${person}`} list={list} />}
    </Page>
  )
}

function SessionRows({ list }: { list: SessionList }) {
  const { realm, person } = route.useSearch()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [ending, setEnding] = useState<SessionsToEnd>()
  const sessions = list.data?.pages.flatMap((page) => page.sessions) ?? []
  // Selected sessions may have ended.
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

/** Actions on the selected sessions. */
function SelectionBar({ selected, onEnd, onClear }: ChosenBarProps) {
  if (selected.length === 0) return null
  const count = selected.length
  return (
    <div className="chosen-bar callout accent row wrap gap-2 below-3 text-note">
      <p className="flexible" role="status">
        {count} selected
      </p>
      <Button variant="subtle" size="xs" onClick={onClear}>
        Clear selection
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
      <EmptyState title="No active sessions">
        A session starts when a journey of this realm succeeds. It appears here.
      </EmptyState>
    )
  }
  const showAll = () => navigate({ search: ({ realm }) => ({ realm }) })
  return (
    <EmptyState title="No matching sessions" onShowAll={showAll}>
      No one with the username <bdi>{plainText(person)}</bdi> is signed in to this realm.
    </EmptyState>
  )
}
