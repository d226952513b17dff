import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listRuns, type RunSummary } from '../../../api/runs.ts'
import { dateAndTime } from '../../../check-model/times.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { useEditor } from '../editor-context.tsx'

const words: Readonly<Record<string, string>> = {
  underway: 'in progress',
  success: 'Success',
  failure: 'Failure',
}
const classNames: Readonly<Record<string, string>> = { success: 'good', failure: 'bad', broken: 'bad' }

/** The chip of a run's outcome or state. */
export function chipOf(outcome: string): string {
  return `chip ${classNames[outcome] ?? 'accent'}`
}

export function OutcomeChip({ outcome }: { outcome: string }) {
  return <span className={chipOf(outcome)}>{words[outcome] ?? outcome}</span>
}

/** The latest runs of a journey, by anyone. */
export function RecentRuns({ journey, current }: { journey: string; current?: string }) {
  const realm = useEditor(({ realm }) => realm)
  const { data, error, refetch } = useQuery({
    queryKey: ['runs', realm, journey],
    queryFn: ({ signal }) => listRuns(realm, { journey }, signal),
    refetchInterval: 5_000,
  })
  if (data === undefined) {
    return error === null ? null : (
      <ErrorNotice title="The runs could not be read" error={error} onRetry={refetch} />
    )
  }
  if (data.length === 0) return <p className="fine pad-4">No recent runs.</p>
  return (
    <ul className="recent-runs">
      {data.map((run) => (
        <RecentRun key={run._id} run={run} realm={realm} isCurrent={run._id === current} />
      ))}
    </ul>
  )
}

function RecentRun({ run, realm, isCurrent }: { run: RunSummary; realm: string; isCurrent: boolean }) {
  return (
    <li>
      <Link
        className="row hoverable text-note inked"
        to="/runs/$id"
        params={{ id: run._id }}
        search={{ realm }}
        aria-current={isCurrent ? 'true' : undefined}
      >
        <span className="stack grow breaks">
          <bdi>{run.user ?? 'User not known'}</bdi>
          <span className="fine">
            {dateAndTime(run.startedAt)}, {run.nodes === 1 ? '1 node' : `${run.nodes} nodes`}
            {run.isWatched && ', with state values'}
          </span>
        </span>
        <OutcomeChip outcome={run.outcome} />
      </Link>
    </li>
  )
}
