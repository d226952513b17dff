import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type AuditEntry, readAuditEntry } from '../../api/audit.ts'
import { ApiError } from '../../api/request.ts'
import { readRun } from '../../api/runs.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { dateAndTime } from '../../check-model/times.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { SidePanel } from '../components/split-view.tsx'
import { EntryMembers } from './entry-members.tsx'
import { eventLabel } from './labels.ts'

const route = getRouteApi('/audit')

/** One entry with all its members, beside the list. */
export function EntryPanel({ realm, id }: { realm: string; id: string }) {
  const navigate = route.useNavigate()
  const entry = useQuery({
    queryKey: ['audit-entry', realm, id],
    queryFn: ({ signal }) => readAuditEntry(realm, id, signal),
    // Audit entries never change.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const close = () => navigate({ search: ({ entry: _entry, ...rest }) => rest, resetScroll: false })
  return (
    <SidePanel label={`Entry ${id}`} title={<Head id={id} entry={entry.data} />} onClose={close}>
      {entry.error !== null && <LoadError error={entry.error} id={id} onRetry={() => entry.refetch()} />}
      {entry.isPending && <Skeleton label="Loading entry" />}
      {entry.data !== undefined && <EntryRun entry={entry.data} />}
      {entry.data !== undefined && <EntryMembers entry={entry.data} />}
    </SidePanel>
  )
}

function Head({ id, entry }: { id: string; entry: AuditEntry | undefined }) {
  return (
    <>
      <h2 className="heading-1 tight breaks">
        {entry === undefined ? `Entry ${id}` : eventLabel(entry.eventName)}
      </h2>
      {entry !== undefined && (
        <p className="figures note">
          Entry {id} · {dateAndTime(Date.parse(entry.timestamp))}
        </p>
      )}
    </>
  )
}

function LoadError({ error, id, onRetry }: { error: Error; id: string; onRetry(): void }) {
  if (error instanceof ApiError && error.code === 404) {
    return (
      <p className="nothing">
        This realm has no entry <bdi>{id}</bdi>. Entries are deleted after the retention time.
      </p>
    )
  }
  return <ErrorNotice title="The entry could not be read" error={error} onRetry={onRetry} />
}

/** Why a journey failed, with a link to its run at the node that decided it, for people who may read runs that are still stored. */
function EntryRun({ entry: { realm, run = '', reason, node } }: { entry: AuditEntry }) {
  const stored = useQuery({
    queryKey: ['run', realm, run],
    queryFn: ({ signal }) => readRun(realm, run, signal),
    enabled: run !== '',
    retry: false,
  })
  if (reason === undefined && stored.data === undefined) return null
  return (
    <div className="entry-run stack items-start gap-1 breaks">
      {reason !== undefined && (
        <p>
          <strong>
            <bdi>{plainText(node?.name ?? 'Why')}</bdi>:
          </strong>{' '}
          <bdi>{plainText(reason)}</bdi>
        </p>
      )}
      {stored.data !== undefined && (
        <Link to="/runs/$id" params={{ id: run }} search={{ realm, node: node?.id }}>
          Open the run
        </Link>
      )}
    </div>
  )
}
