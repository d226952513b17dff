import { Button } from '@mantine/core'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { NodeOutcome } from '../model/node-outcomes.ts'
import type { CanvasNodeView } from '../model/node-views.ts'
import { TargetSelect } from './target-select.tsx'

/** The outcomes of a node, with a target for each. */
export function OutcomesForm({ nodeView }: { nodeView: CanvasNodeView }) {
  const { id, outcomes } = nodeView
  return (
    <section className="outcomes-form" aria-label="Outcomes">
      <h3 className="text-note medium">{outcomes.length === 1 ? 'Outcome' : 'Outcomes'}</h3>
      {outcomes.length === 0 && <p className="fine">No outcomes with these settings.</p>}
      <ul className="stack gap-6px">
        {outcomes.map((outcome) => (
          <li className="align-center gap-6px text-note breaks" key={outcome.id}>
            <bdi>{nodeView.isPassThrough ? 'Next' : outcome.label}</bdi>
            <TargetSelect
              source={{ from: id, outcome: outcome.id }}
              target={outcome.target}
              label={`Target of ${outcome.label}`}
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
    <p className="stale-note text-small ink-warn">
      The node no longer has this outcome.
      {!isReadOnly && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => store.getState().disconnectFrom({ from, outcome: outcome.id })}
        >
          Remove
        </Button>
      )}
    </p>
  )
}
