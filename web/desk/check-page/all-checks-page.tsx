import './all-checks-page.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { timeLeft } from '../../check-model/times.ts'
import { useNow } from '../../design/use-now.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useCheckList } from '../layout/use-check-list.ts'
import { initials } from '../messages/names.ts'
import { Link } from '../navigation/link.tsx'
import { useNavigate } from '../navigation/navigation.ts'
import { CheckGate } from './check-gate.tsx'
import { CheckPending } from './check-pending.tsx'
import { TimelineCard } from './timeline-card.tsx'
import { type CheckView, useCheck } from './use-check.ts'

/** Browsers open at most six HTTP/1.1 connections to a server. Four feeds leave two for other requests. */
const maxFeeds = 4

/** All running checks at once. Ended checks stay until the agent leaves the page, so that no result is missed. */
export function AllChecksPage() {
  const navigate = useNavigate()
  const { running } = useCheckList()
  const shown = useEverSeen(running.map(({ row }) => row.reference))
  useDocumentTitle(`${running.length} in progress · Desk`)
  return (
    <section className="side-by-side">
      <header>
        <h1>All checks</h1>
        <p>{running.length} in progress</p>
      </header>
      {shown.length === 0 && (
        <div className="desk-empty">
          <p>Checks in progress appear here.</p>
          <Button onClick={() => navigate({ page: 'new' })}>New check</Button>
        </div>
      )}
      <div className="walls">
        {shown.slice(0, maxFeeds).map((reference) => (
          <CheckTile key={reference} reference={reference} />
        ))}
      </div>
      {shown.length > maxFeeds && <p className="more">{shown.length - maxFeeds} more in the list.</p>}
    </section>
  )
}

/** Keeps references that disappear in their place, and appends new ones. */
function useEverSeen(references: readonly string[]): readonly string[] {
  const [seen, setSeen] = useState(references)
  const added = references.filter((reference) => !seen.includes(reference))
  if (added.length === 0) return seen
  const all = [...seen, ...added]
  setSeen(all)
  return all
}

function CheckTile({ reference }: { reference: string }) {
  const state = useCheck(reference)
  if (state.kind === 'pending') return <CheckPending reference={reference} line={state.status} />
  return state.kind === 'loaded' ? <LoadedTile {...state.view} /> : null
}

function LoadedTile(view: CheckView) {
  const { reference, name, row, isRunning, check } = view
  return (
    <article className="wall" aria-label={name}>
      <header>
        <span className="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <div className="who">
          <Link to={{ page: 'check', reference }}>
            <bdi>{name}</bdi>
          </Link>
          <p>
            <bdi>{[row?.action, row?.ticket].filter(Boolean).join(' · ')}</bdi>
          </p>
        </div>
        {isRunning && <Left expiresAt={check.expiresAt} />}
      </header>
      <CheckGate {...view} isSmall />
      <TimelineCard {...view} isSmall />
    </article>
  )
}

function Left({ expiresAt }: { expiresAt: number }) {
  const now = useNow()
  return <b className="figures">{timeLeft(expiresAt, now)}</b>
}
