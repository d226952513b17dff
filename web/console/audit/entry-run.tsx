import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '../../api/audit.ts'
import { readRun } from '../../api/runs.ts'
import { plainText } from '../../check-model/plain-text.ts'

/** Why a journey failed, with a link to its run at the node that decided it, for people who may read runs that are still stored. */
export function EntryRun({ entry: { realm, run = '', reason, node } }: { entry: AuditEntry }) {
  const stored = useQuery({
    queryKey: ['run', realm, run],
    queryFn: ({ signal }) => readRun(realm, run, signal),
    enabled: run !== '',
    retry: false,
  })
  if (reason === undefined && stored.data === undefined) return null
  return (
    <div className="entry-run">
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
