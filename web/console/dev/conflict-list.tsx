import { Button } from '@mantine/core'
import { type DevPanel, takeSide } from '../../api/dev.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { useDevAction } from './use-dev-action.ts'

type Props = Pick<DevPanel, 'conflicts' | 'problems'>

/** Things that are not in sync, and why. */
export function ConflictList({ conflicts, problems }: Props) {
  const take = useDevAction(takeSide)
  const others = problems.filter((problem) => !problem.startsWith('CONFLICT'))
  if (conflicts.length + others.length === 0) return null
  return (
    <section aria-labelledby="dev-sync">
      <h2 className="heading-2" id="dev-sync">
        Not in sync
      </h2>
      <ul>
        {others.map((problem) => (
          <li key={problem}>
            <pre className="text-small breaks">{problem}</pre>
          </li>
        ))}
        {conflicts.map(({ key, name, files, server }) => (
          <li key={key}>
            <h3 className="medium breaks">Files and server changed {name}</h3>
            <dl>
              <dt>Files</dt>
              <dd>{files.join('; ')}</dd>
              <dt>Server</dt>
              <dd>{server.join('; ')}</dd>
            </dl>
            <div className="acts wrap gap-2">
              <Button variant="default" size="xs" onClick={() => take.mutate({ key, side: 'files' })}>
                Take the files
              </Button>
              <Button variant="default" size="xs" onClick={() => take.mutate({ key, side: 'server' })}>
                Take the server
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {take.error !== null && <ErrorNotice title="Nothing was overwritten" error={take.error} />}
    </section>
  )
}
