import './check-list.css'
import { IconColumns3, IconPlus } from '@tabler/icons-react'
import { isAlarm } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { useNow } from '../../design/use-now.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { type ListedCheck, useCheckList } from './use-check-list.ts'

/** The sidebar: running checks, then the other checks of today. */
export function CheckList() {
  const { running, today, isReady } = useCheckList()
  return (
    <nav className="check-list" aria-label="Checks">
      <Link to={{ page: 'new' }} className="new-check">
        <IconPlus size={16} stroke={2} aria-hidden />
        New check
        <span className="key" aria-hidden="true">
          N
        </span>
      </Link>
      {!isReady && <Skeleton />}
      {running.length > 0 && (
        <section aria-labelledby="under-way">
          <header>
            <h2 id="under-way">In progress</h2>
            <Link to={{ page: 'side-by-side' }} className="to-side-by-side">
              <IconColumns3 size={16} stroke={1.75} aria-hidden />
              All checks
            </Link>
          </header>
          <ul>
            {running.map((listed) => (
              <CheckLink key={listed.row.reference} {...listed} isRunning />
            ))}
          </ul>
        </section>
      )}
      {today.length > 0 && (
        <section aria-labelledby="earlier-today">
          <header>
            <h2 id="earlier-today">Earlier today</h2>
          </header>
          <ul>
            {today.map((listed) => (
              <CheckLink key={listed.row.reference} {...listed} isRunning={false} />
            ))}
          </ul>
        </section>
      )}
      {isReady && (
        <Link to={{ page: 'history' }} className="all-history">
          All history
        </Link>
      )}
    </nav>
  )
}

function CheckLink({ row, standing, isRunning }: ListedCheck & { isRunning: boolean }) {
  const isAlarming = isAlarm(standing)
  const subject = row.subject ?? 'A caller'
  const name = row.vouchFor === null ? subject : `${row.vouchFor} · asked: ${subject}`
  return (
    <li>
      <Link to={{ page: 'check', reference: row.reference }} className="case">
        <Mark state={checkMark(standing)} />
        <span className="who">
          <bdi className="name" title={name}>
            {name}
          </bdi>
          <span className={isAlarming ? 'what alarm' : 'what'}>{shortStatus(standing)}</span>
        </span>
        {isRunning ? (
          <TimeLeft expiresAt={row.expiresAt} />
        ) : (
          <span className="time figures">{shortTime(row.endedAt ?? row.startedAt)}</span>
        )}
      </Link>
    </li>
  )
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  const now = useNow()
  return (
    <span className="time figures">
      {timeLeft(expiresAt, now)}
      <span className="spoken"> left</span>
    </span>
  )
}

/** A placeholder until the list has loaded. Not animated. */
function Skeleton() {
  return (
    <div className="bones" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  )
}
