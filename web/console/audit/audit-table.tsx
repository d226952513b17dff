import { getRouteApi, Link } from '@tanstack/react-router'
import type { AuditEntry, AuditParty } from '../../api/audit.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { dateAndTime } from '../../check-model/times.ts'
import { ColumnHeads } from '../components/column-heads.tsx'
import { eventLabel, partyName, resultLabel, summaryOf } from './labels.ts'

const route = getRouteApi('/audit')

type TableProps = { entries: readonly AuditEntry[]; withRealm: boolean }

/** Audit entries as rows, or as cards on phones. */
export function AuditTable({ entries, withRealm }: TableProps) {
  return (
    <table className="rows audit panel full-width text-note">
      <ColumnHeads
        titles={['When', 'Event', ...(withRealm ? ['Realm'] : []), 'Who', 'Affected person', 'Result']}
      />
      <tbody>
        {entries.map((entry) => (
          <Row key={entry._id} entry={entry} withRealm={withRealm} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ entry, withRealm }: { entry: AuditEntry; withRealm: boolean }) {
  const search = route.useSearch()
  const { _id, timestamp, eventName, realm, who, whom, result } = entry
  const isOpened = search.entry === Number(_id)
  const about = summaryOf(entry)
  return (
    <tr className={isOpened ? 'current' : undefined}>
      <td className="figures when muted nowrap">
        <time dateTime={timestamp}>{dateAndTime(Date.parse(timestamp))}</time>
      </td>
      <td className="what">
        <Link
          className="opens medium inked"
          to="/audit"
          search={{ ...search, entry: Number(_id) }}
          aria-current={isOpened}
          resetScroll={false}
        >
          {eventLabel(eventName)}
        </Link>
        {about !== '' && (
          <>
            <br />
            <bdi className="about fine">{about}</bdi>
          </>
        )}
      </td>
      {withRealm && (
        <td className="rare">
          <bdi>{plainText(realm)}</bdi>
        </td>
      )}
      <Party party={who} name="by" />
      <Party party={whom} name="to" />
      <td className={result === 'FAILED' ? 'result ink-bad medium' : 'result'}>
        {result === undefined ? '—' : resultLabel(result)}
      </td>
    </tr>
  )
}

function Party({ party, name }: { party: AuditParty | undefined; name: string }) {
  return (
    <td className={party === undefined ? 'party none' : 'party'}>
      <span className="name" aria-hidden="true">
        {name}
      </span>{' '}
      <bdi>{party === undefined ? '—' : partyName(party)}</bdi>
    </td>
  )
}
