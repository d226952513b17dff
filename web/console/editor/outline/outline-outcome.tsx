import { IconChevronRight } from '@tabler/icons-react'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { OutcomeRef } from '../model/connect.ts'
import { failureId, successId } from '../model/draft.ts'
import type { NodeOutcome } from '../model/node-outcomes.ts'

type Props = { source: OutcomeRef; outcome: NodeOutcome; label: string }

/** An outcome and its target. Pressing it changes the target. */
export function OutlineOutcome({ source, outcome, label }: Props) {
  const store = useEditorStore()
  const { target } = outcome
  const name = useEditor(({ nodeViews }) =>
    target === undefined ? undefined : (nodeViews.get(target)?.name ?? nameOfEnd(target)),
  )
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const isTaken = useEditor(
    ({ highlight }) => highlight?.nodes.get(source.from)?.outcomes.has(source.outcome) ?? false,
  )
  const words = name ?? (outcome.isDangling ? 'missing node' : 'not connected')
  const look =
    target === undefined
      ? 'none ink-warn'
      : target === successId
        ? 'ink-good'
        : target === failureId
          ? 'ink-bad'
          : 'inked'
  return (
    <li className={isTaken ? 'taken align-center gap-2 ink-accent strong' : 'align-center gap-2 muted'}>
      <bdi className="label breaks">{label}</bdi>
      <IconChevronRight className="arrow" size={14} stroke={2} aria-hidden />
      <button
        type="button"
        className={`${look} medium text-start breaks`}
        disabled={isReadOnly}
        aria-label={`${label} leads to: ${words}. Change`}
        onClick={() => store.getState().openDialog({ kind: 'connect', source })}
      >
        <bdi>{words}</bdi>
      </button>
      {outcome.isStale && (
        <button
          type="button"
          className="link bare"
          onClick={() => store.getState().disconnectFrom(source)}
          aria-label={`Remove ${label}: the node no longer has this outcome`}
        >
          Remove
        </button>
      )}
    </li>
  )
}
