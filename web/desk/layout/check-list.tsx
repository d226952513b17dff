import './check-list.css'
import { IconColumns3, IconPlus } from '@tabler/icons-react'
import { isAlarm } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { useNow } from '../../design/use-now.ts'
import { shortWords } from '../messages/words.ts'
import { To } from '../navigation/link.tsx'
import { type Listed, useListed } from './listed.ts'

/** All checks of today at the start side, those under way first. */
export function CheckList() {
  const { underWay, today, isReady } = useListed()
  return (
    <nav className="check-list" aria-label="Checks">
      <To place={{ page: 'new' }} className="new-check">
        <IconPlus size={16} stroke={2} aria-hidden />
        New check
        <span className="key" aria-hidden="true">
          N
        </span>
      </To>
      {!isReady && <Bones />}
      {underWay.length > 0 && (
        <section aria-labelledby="under-way">
          <header>
            <h2 id="under-way">Under way</h2>
            <To place={{ page: 'side-by-side' }} className="to-side-by-side">
              <IconColumns3 size={16} stroke={1.75} aria-hidden />
              Side by side
            </To>
          </header>
          <ul>
            {underWay.map((listed) => (
              <Case key={listed.row.reference} {...listed} isRunning />
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
              <Case key={listed.row.reference} {...listed} isRunning={false} />
            ))}
          </ul>
        </section>
      )}
      {isReady && (
        <To place={{ page: 'history' }} className="all-history">
          All history
        </To>
      )}
    </nav>
  )
}

function Case({ row, standing, isRunning }: Listed & { isRunning: boolean }) {
  const isAlarming = isAlarm(standing)
  const asked = row.subject ?? 'A caller'
  const name = row.vouchFor === null ? asked : `${row.vouchFor} · asked: ${asked}`
  return (
    <li>
      <To place={{ page: 'check', reference: row.reference }} className="case">
        <Mark state={checkMark(standing)} />
        <span className="who">
          <bdi className="name" title={name}>
            {name}
          </bdi>
          <span className={isAlarming ? 'what alarm' : 'what'}>{shortWords(standing)}</span>
        </span>
        {isRunning ? (
          <Left expiresAt={row.expiresAt} />
        ) : (
          <span className="time figures">{shortTime(row.endedAt ?? row.startedAt)}</span>
        )}
      </To>
    </li>
  )
}

function Left({ expiresAt }: { expiresAt: number }) {
  const now = useNow()
  return (
    <span className="time figures">
      {timeLeft(expiresAt, now)}
      <span className="spoken"> left</span>
    </span>
  )
}

/** Before the first answer: the bones of rows, nothing that moves. */
function Bones() {
  return (
    <div className="bones" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  )
}
