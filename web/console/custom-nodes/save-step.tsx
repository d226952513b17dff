import { useQuery } from '@tanstack/react-query'
import { listJourneysUsing } from '../../api/custom-nodes.ts'
import { type Draft, outcomesOf } from './draft.ts'
import { NodePreview } from './node-preview.tsx'
import type { Problem } from './problems.ts'

/** Summary before saving, with the remaining problems. */
export function SaveStep({ draft, problems }: { draft: Draft; problems: readonly Problem[] }) {
  return (
    <div className="pane">
      <div>
        <h2 className="heading-1" tabIndex={-1}>
          {problems.length === 0 ? 'Ready to save' : 'Fix these first'}
        </h2>
        <p>After saving, the node appears in the list of node types under “Custom nodes”.</p>
        {problems.length > 0 && (
          <ul className="problem-list callout warn stack gap-1 pad-3 text-note">
            {problems.map(({ step, about, message }) => (
              <li key={about + message}>
                <a href={`#${step}`}>{message}</a>
              </li>
            ))}
          </ul>
        )}
        <dl className="summary panel stack text-note breaks">
          <dt>Name</dt>
          <dd>
            <bdi>{draft.name}</bdi>
          </dd>
          <dt>Properties</dt>
          <dd>{draft.properties.map(({ title, name }) => title || name).join(', ') || 'None'}</dd>
          <dt>Outcomes</dt>
          <dd>{outcomesOf(draft).join(', ')}</dd>
          <dt>Script</dt>
          <dd>{draft.script === '' ? 'None' : `${draft.script.split('\n').length} lines, next-gen`}</dd>
          <dt>Used in</dt>
          <dd>{draft.id === undefined ? 'No journeys' : <Usage id={draft.id} />}</dd>
        </dl>
        {/logger\.error\(/.test(draft.script) && (
          <p className="remark callout warn stack gap-1 pad-3 text-note">
            The script logs with <code>logger.error</code>. Use <code>debug</code> for messages that every run
            writes.
          </p>
        )}
      </div>
      <NodePreview draft={draft} withForm />
    </div>
  )
}

function Usage({ id }: { id: string }) {
  const usage = useQuery({
    queryKey: ['custom-node-usage', id],
    queryFn: ({ signal }) => listJourneysUsing(id, signal),
  })
  if (usage.data === undefined) return null
  if (usage.data.length === 0) return 'No journeys'
  return usage.data.map(({ realm, journey }) => `${journey} (${realm})`).join(', ')
}
