import { Button } from '@mantine/core'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { NodeOutcome } from '../model/node-outcomes.ts'
import type { CanvasNodeView } from '../model/node-views.ts'
import { TargetSelect } from './target-select.tsx'

/** The outcomes of a node, with a target for each. */
export function OutcomesForm({ nodeView }: { nodeView: CanvasNodeView }) {
  const { id, outcomes } = nodeView
  return (
    <section className="ways-form" aria-label="Ways out">
      <h3>{outcomes.length === 1 ? 'Way out' : 'Ways out'}</h3>
      {outcomes.length === 0 && <p className="hint">It has none with these settings.</p>}
      <ul>
        {outcomes.map((outcome) => (
          <li key={outcome.id}>
            <bdi>{nodeView.isPassThrough ? 'Goes on to' : outcome.label}</bdi>
            <TargetSelect
              source={{ from: id, outcome: outcome.id }}
              target={outcome.target}
              label={`Where ${outcome.label} leads`}
              isDangling={outcome.isDangling}
            />
            {outcome.isStale && <StaleOutcome from={id} outcome={outcome} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function StaleOutcome({ from, outcome }: { from: string; outcome: NodeOutcome }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  return (
    <p className="stale-note">
      The node has no such way out any more.
      {!isReadOnly && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => store.getState().disconnectFrom({ from, outcome: outcome.id })}
        >
          Remove it
        </Button>
      )}
    </p>
  )
}
