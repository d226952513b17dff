import { getRouteApi, Link } from '@tanstack/react-router'
import type { TransactionRow } from '../../api/transactions.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { timeLeft } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { useNow } from '../../design/use-now.ts'
import { ColumnHeads } from '../components/column-heads.tsx'
import { ageOf, openerOf, standingLabel, subjectOf } from './labels.ts'

const route = getRouteApi('/transactions')

type TableProps = { rows: readonly TransactionRow[]; opened: string | undefined }

/** Transactions as rows, open ones first. */
export function TransactionTable({ rows, opened }: TableProps) {
  return (
    <table className="rows transactions panel full-width text-note">
      <ColumnHeads
        titles={['State', 'Left', 'Subject', 'Opened by', 'Age', 'Updates']}
        numbers={['Left', 'Age', 'Updates']}
      />
      <Group title="In progress" rows={rows.filter(({ ending }) => ending === null)} opened={opened} />
      <Group title="Finished" rows={rows.filter(({ ending }) => ending !== null)} opened={opened} />
    </table>
  )
}

function Group({ title, rows, opened }: TableProps & { title: string }) {
  if (rows.length === 0) return null
  return (
    <tbody>
      <tr className="group">
        <th className="fine strong text-start" colSpan={6} scope="rowgroup">
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={row.reference} row={row} isOpened={row.reference === opened} />
      ))}
    </tbody>
  )
}

function Row({ row, isOpened }: { row: TransactionRow; isOpened: boolean }) {
  const { reference, journey, subject, notifications, startedAt, expiresAt, ending } = row
  const search = route.useSearch()
  const isRunning = ending === null
  const standing = standingOfRow(row)
  return (
    <tr className={isOpened ? 'current' : undefined}>
      <td>
        <span
          className={
            isAlarm(standing) ? 'standing row medium nowrap ink-alarm' : 'standing row medium nowrap'
          }
        >
          <Mark state={checkMark(standing)} />
          {standingLabel(standing)}
        </span>
      </td>
      <td className="number figures muted nowrap">{isRunning ? <Left expiresAt={expiresAt} /> : '—'}</td>
      <td>
        <Link
          className="opens medium inked"
          to="/transactions/$reference"
          params={{ reference }}
          search={search}
          aria-current={isOpened}
        >
          <bdi>{subjectOf(row)}</bdi>
        </Link>{' '}
        {subject === null && <span className="chip warn nowrap">no subject</span>}
        <br />
        <bdi className="about fine">{plainText(journey)}</bdi>
      </td>
      <td className="rare">
        <bdi>{openerOf(row)}</bdi>
      </td>
      <td className="rare number figures muted nowrap">
        {isRunning ? <Age since={startedAt} /> : ageOf(startedAt, Date.now())}
      </td>
      <td className="rare number figures muted nowrap">{notifications}</td>
    </tr>
  )
}

function Left({ expiresAt }: { expiresAt: number }) {
  return timeLeft(expiresAt, useNow())
}

function Age({ since }: { since: number }) {
  return ageOf(since, useNow())
}
