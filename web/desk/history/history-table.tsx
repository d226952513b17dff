import type { CheckRow } from '../../api/help-desk.ts'
import { serverNow } from '../../api/server-clock.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { dayAndTime, duration } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { t } from '../../translate/translate.ts'
import { actionText } from '../messages/action-text.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'

const columns = ['Result', 'Caller', 'Request', 'Ticket', 'Agent', 'Duration', 'When'] as const

/** Each row is a card where the columns have no room. */
export function HistoryTable({ rows }: { rows: readonly CheckRow[] }) {
  return (
    <table className="panel full-width text-note">
      <thead>
        <tr>
          {columns.map((title) => (
            <th key={title} className="fine strong text-start" scope="col">
              {t(title)}
            </th>
          ))}
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
      <td className="state">
        <span className={isAlarming ? 'result row medium nowrap ink-alarm' : 'result row medium nowrap'}>
          <Mark state={checkMark(standing)} />
          {shortStatus(standing, row.grant)}
        </span>
      </td>
      <td className="caller">
        <Link className="medium" to={{ page: 'check', reference }}>
          <bdi>{subject ?? t('A caller')}</bdi>
        </Link>
      </td>
      <TextCell className="request" text={action && actionText(action)} />
      <TextCell className="ticket" text={ticket} />
      <TextCell className="by" text={agent} />
      <td className="took figures">{endedAt === null ? '—' : duration(startedAt, endedAt)}</td>
      <td className="figures when muted nowrap">{dayAndTime(startedAt, serverNow())}</td>
    </tr>
  )
}

function TextCell({ className, text }: { className: string; text: string | null }) {
  return (
    <td className={text === null ? `${className} empty` : className}>
      <bdi title={text ?? undefined}>{text ?? '—'}</bdi>
    </td>
  )
}
