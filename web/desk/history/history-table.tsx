import type { CheckRow } from '../../api/help-desk.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { dayAndTime, duration } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'

/** On phones, each row is a card. */
export function HistoryTable({ rows }: { rows: readonly CheckRow[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Caller</th>
          <th scope="col">Request</th>
          <th scope="col">Ticket</th>
          <th scope="col">Agent</th>
          <th scope="col">Duration</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.reference} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row }: { row: CheckRow }) {
  const { reference, subject, action, ticket, agent, startedAt, endedAt } = row
  const standing = standingOfRow(row)
  const isAlarming = isAlarm(standing)
  return (
    <tr>
      <td>
        <span className={isAlarming ? 'result alarm' : 'result'}>
          <Mark state={checkMark(standing)} />
          {shortStatus(standing)}
        </span>
      </td>
      <td>
        <Link to={{ page: 'check', reference }}>
          <bdi>{subject ?? 'A caller'}</bdi>
        </Link>
      </td>
      <td>
        <bdi>{action ?? '—'}</bdi>
      </td>
      <td className="rare">
        <bdi>{ticket ?? '—'}</bdi>
      </td>
      <td className="rare">
        <bdi>{agent ?? '—'}</bdi>
      </td>
      <td className="rare figures">{endedAt === null ? '—' : duration(startedAt, endedAt)}</td>
      <td className="figures when">{dayAndTime(startedAt, Date.now())}</td>
    </tr>
  )
}
