import './side-by-side.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { timeLeft } from '../../check-model/times.ts'
import { useNow } from '../../design/use-now.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useListed } from '../layout/listed.ts'
import { initialsOf } from '../messages/names.ts'
import { To } from '../navigation/link.tsx'
import { useGo } from '../navigation/navigation.ts'
import { CheckGate } from './check-gate.tsx'
import { Happened } from './happened.tsx'
import { Unreadable } from './unreadable.tsx'
import { useWatched, type Watched } from './use-watched.ts'

/** A browser opens six connections to a server: so many feeds leave two for everything else. */
const mostAtOnce = 4

/** Several checks at once. One that ends stays until the page is left: its result must be seen. */
export function SideBySidePage() {
  const go = useGo()
  const { underWay } = useListed()
  const shown = useOnceSeen(underWay.map(({ row }) => row.reference))
  useDocumentTitle(`${underWay.length} under way · Desk`)
  return (
    <section className="side-by-side">
      <header>
        <h1>Side by side</h1>
        <p>{underWay.length} under way</p>
      </header>
      {shown.length === 0 && (
        <div className="desk-empty">
          <p>No check is under way. Those that are stand here beside each other.</p>
          <Button onClick={() => go({ page: 'new' })}>New check</Button>
        </div>
      )}
      <div className="walls">
        {shown.slice(0, mostAtOnce).map((reference) => (
          <Wall key={reference} reference={reference} />
        ))}
      </div>
      {shown.length > mostAtOnce && (
        <p className="more">{shown.length - mostAtOnce} more in the list at the side.</p>
      )}
    </section>
  )
}

/** What was there once stays, in its place; new ones come behind. */
function useOnceSeen(references: readonly string[]): readonly string[] {
  const [seen, setSeen] = useState(references)
  const news = references.filter((reference) => !seen.includes(reference))
  if (news.length === 0) return seen
  const all = [...seen, ...news]
  setSeen(all)
  return all
}

function Wall({ reference }: { reference: string }) {
  const watching = useWatched(reference)
  if (watching.kind === 'missing') return null
  if (watching.kind === 'waiting') return <Unreadable reference={reference} line={watching.line} />
  return <WatchedWall {...watching.watched} />
}

function WatchedWall(watched: Watched) {
  const { reference, name, record, isRunning, check } = watched
  return (
    <article className="wall" aria-label={name}>
      <header>
        <span className="avatar" aria-hidden="true">
          {initialsOf(name)}
        </span>
        <div className="who">
          <To place={{ page: 'check', reference }}>
            <bdi>{name}</bdi>
          </To>
          <p>
            <bdi>{[record?.action, record?.ticket].filter(Boolean).join(' · ')}</bdi>
          </p>
        </div>
        {isRunning && <Left expiresAt={check.expiresAt} />}
      </header>
      <CheckGate {...watched} isSmall />
      <Happened {...watched} isSmall />
    </article>
  )
}

function Left({ expiresAt }: { expiresAt: number }) {
  const now = useNow()
  return <b className="figures">{timeLeft(expiresAt, now)}</b>
}
