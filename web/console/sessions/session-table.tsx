import { Checkbox, Menu } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Session } from '../../api/sessions.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { dateAndTime, dayAndTime } from '../../check-model/times.ts'
import { ColumnHeads } from '../components/column-heads.tsx'
import { MoreMenu } from '../components/icon-button.tsx'
import type { SessionsToEnd } from './end-sessions.tsx'

const route = getRouteApi('/sessions')

type TableProps = {
  sessions: readonly Session[]
  /** Handles of the selected sessions. */
  chosen: ReadonlySet<string>
  onChoose(chosen: ReadonlySet<string>): void
  onEnd(ending: SessionsToEnd): void
}

const columns = [
  'Person',
  'Signed in',
  'Last used',
  'Ends when idle',
  'Expires',
  'Journey',
  'Level',
  'Actions',
]

export function SessionTable({ sessions, chosen, onChoose, onEnd }: TableProps) {
  const handles = sessions.map(({ sessionHandle }) => sessionHandle)
  const isAll = handles.every((handle) => chosen.has(handle))
  const isSome = handles.some((handle) => chosen.has(handle))
  return (
    <table className="rows sessions panel full-width text-note">
      <ColumnHeads
        titles={columns}
        numbers={['Level']}
        spoken={['Actions']}
        first={
          <Checkbox
            aria-label="Select all listed sessions"
            checked={isAll}
            indeterminate={isSome && !isAll}
            onChange={() => onChoose(new Set(isAll ? [] : handles))}
          />
        }
      />
      <tbody>
        {sessions.map((session) => (
          <Row
            key={session.sessionHandle}
            session={session}
            isChosen={chosen.has(session.sessionHandle)}
            onChoose={() => onChoose(toggled(chosen, session.sessionHandle))}
            onEnd={onEnd}
          />
        ))}
      </tbody>
    </table>
  )
}

function toggled(chosen: ReadonlySet<string>, handle: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(handle)) next.add(handle)
  return next
}

type RowProps = { session: Session; isChosen: boolean; onChoose(): void; onEnd(ending: SessionsToEnd): void }

function Row({ session, isChosen, onChoose, onEnd }: RowProps) {
  const { username, journey, authLevel, isOwn } = session
  const { createdTime, latestAccessTime, maxIdleExpirationTime, maxSessionExpirationTime } = session
  // Used only to tell whether a time is today; the refresh keeps it current.
  const now = Date.now()
  const name = plainText(username)
  return (
    <tr className={isChosen ? 'current' : undefined}>
      <td className="choose">
        <Checkbox
          aria-label={`Select the session of ${name} since ${dayAndTime(createdTime, now)}`}
          checked={isChosen}
          onChange={onChoose}
        />
      </td>
      <td className="person medium">
        <bdi>{name}</bdi> {isOwn && <span className="chip accent nowrap">this session</span>}
      </td>
      <Time name="Signed in" at={createdTime} now={now} />
      <Time name="Last used" at={latestAccessTime} now={now} />
      <Time name="Ends when idle" at={maxIdleExpirationTime} now={now} />
      <Time name="Expires" at={maxSessionExpirationTime} now={now} />
      <td className="rare">
        <bdi>{plainText(journey) || '—'}</bdi>
      </td>
      <td className="rare number muted nowrap">{authLevel}</td>
      <td className="acts">
        <RowMenu session={session} name={name} onEnd={onEnd} />
      </td>
    </tr>
  )
}

function Time({ name, at, now }: { name: string; at: number; now: number }) {
  return (
    <td className="figures time">
      <span className="name" aria-hidden="true">
        {name}
      </span>
      <time className="nowrap" dateTime={new Date(at).toISOString()} title={dateAndTime(at)}>
        {dayAndTime(at, now)}
      </time>
    </td>
  )
}

function RowMenu({
  session,
  name,
  onEnd,
}: {
  session: Session
  name: string
  onEnd(ending: SessionsToEnd): void
}) {
  const { realm } = route.useSearch()
  return (
    <MoreMenu label={`More for ${name}`} color="accent">
      <Menu.Item
        renderRoot={(props) => (
          <Link {...props} to="/sessions" search={{ realm, person: session.username }} />
        )}
      >
        Show only this person
      </Menu.Item>
      <Menu.Item
        renderRoot={(props) => <Link {...props} to="/audit" search={{ realm, who: session.username }} />}
      >
        Show audit entries
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item color="bad" onClick={() => onEnd({ kind: 'sessions', sessions: [session] })}>
        End this session…
      </Menu.Item>
      <Menu.Item color="bad" onClick={() => onEnd({ kind: 'person', session })}>
        End all sessions of this person…
      </Menu.Item>
    </MoreMenu>
  )
}
