import { getRouteApi, Link } from '@tanstack/react-router'
import type { AuditEntry } from '../../api/audit.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { dateAndTime } from '../../check-model/times.ts'
import { partyName } from '../audit/labels.ts'
import { ColumnHeads } from '../components/column-heads.tsx'
import { useOwnRights } from '../components/use-own-rights.ts'

const route = getRouteApi('/failed-sign-ins')

/** How long the server keeps runs after their end. */
const runsKeptMs = 24 * 3_600_000

/** Failed sign-ins as rows, or as cards on phones. @param readAt when they were read. */
export function FailedSignInsTable({ entries, readAt }: { entries: readonly AuditEntry[]; readAt: number }) {
  const { realm } = route.useSearch()
  // Auditors may not read runs.
  const mayReadRuns = useOwnRights(realm).data?.includes('journeys') === true
  const hasRun = ({ timestamp }: AuditEntry) => mayReadRuns && Date.parse(timestamp) > readAt - runsKeptMs
  return (
    <table className="rows failed-sign-ins panel full-width text-note">
      <ColumnHeads titles={['When', 'Person', 'Journey', 'Why', 'Address', 'Run']} />
      <tbody>
        {entries.map((entry) => (
          <Row key={entry._id} entry={entry} hasRun={hasRun(entry)} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ entry, hasRun }: { entry: AuditEntry; hasRun: boolean }) {
  const { realm } = route.useSearch()
  const { _id, timestamp, journey, node, reason, ip, run } = entry
  return (
    <tr>
      <td className="figures when nowrap">
        <Link to="/audit" search={{ realm, entry: Number(_id) }}>
          <time dateTime={timestamp}>{dateAndTime(Date.parse(timestamp))}</time>
        </Link>
      </td>
      <td>
        <PersonOf entry={entry} />
      </td>
      <td>
        <bdi>{journey === undefined ? '—' : plainText(journey)}</bdi>
      </td>
      <td className="why breaks">
        {node !== undefined && (
          <strong className="block medium">
            <bdi>{plainText(node.name)}</bdi>
          </strong>
        )}{' '}
        <bdi>{reason === undefined ? node?.outcome : plainText(reason)}</bdi>
      </td>
      <td className="figures">{ip ?? '—'}</td>
      <td>
        {run === undefined || !hasRun ? (
          '—'
        ) : (
          <Link
            to="/runs/$id"
            params={{ id: run }}
            search={{ realm, node: node?.id }}
            aria-label={`Open the run of ${dateAndTime(Date.parse(timestamp))}`}
          >
            Open the run
          </Link>
        )}
      </td>
    </tr>
  )
}

/** A username without a person is not recorded, because people type passwords into the wrong field. */
function PersonOf({ entry: { who, whom } }: { entry: AuditEntry }) {
  const person = whom ?? who
  if (person !== undefined) return <bdi>{partyName(person)}</bdi>
  return <span className="muted">Unknown username, or none</span>
}
