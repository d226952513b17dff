import { IconCheck, IconX } from '@tabler/icons-react'
import { Handle, Position } from '@xyflow/react'
import { OutcomeCount } from '../counts/count-labels.tsx'
import { useEditor } from '../editor-context.tsx'
import { failureId, successId } from '../model/draft.ts'
import type { NodeOutcome } from '../model/node-outcomes.ts'
import { OutcomeMark } from './change-mark.tsx'
import { handleOf } from './flow-nodes.ts'

/** An outcome with its port. */
export function OutcomeRow({ nodeId, outcome }: { nodeId: string; outcome: NodeOutcome }) {
  const isSelected = useEditor(
    ({ selectedOutcome }) => selectedOutcome?.from === nodeId && selectedOutcome.outcome === outcome.id,
  )
  const isTaken = useEditor(
    ({ highlight }) => highlight?.nodes.get(nodeId)?.outcomes.has(outcome.id) ?? false,
  )
  const look = isSelected || isTaken ? 'ink-accent strong' : 'muted'
  const names = [isSelected ? 'chosen' : '', isTaken ? 'taken' : '', outcome.isStale ? 'stale' : '']
  return (
    <li className={`row justify-end text-small ${look} ${names.join(' ')}`}>
      <OutcomeMark nodeId={nodeId} outcome={outcome.id} />
      <OutcomeCount nodeId={nodeId} outcome={outcome.id} />
      <bdi
        className="one-line"
        title={outcome.isStale ? `${outcome.label}: the node no longer has this outcome` : outcome.label}
      >
        {outcome.label}
      </bdi>
      <Handle id={handleOf(outcome.id)} type="source" position={Position.Right} className="port out" />
      <OutcomeCap outcome={outcome} />
    </li>
  )
}

/** Replaces the line of an outcome that is not connected or leads to Failure. */
export function OutcomeCap({ outcome }: { outcome: NodeOutcome }) {
  if (outcome.target === failureId) {
    return (
      <span className="cap bad stack place-center ink-bad" title="Failure">
        <IconX size={11} stroke={2.75} aria-hidden />
        <span className="spoken">, to Failure</span>
      </span>
    )
  }
  if (outcome.target === successId) {
    return (
      <span className="spoken">
        <IconCheck size={11} aria-hidden />, to Success
      </span>
    )
  }
  if (outcome.target !== undefined) return null
  return (
    <span
      className="cap none stack place-center ink-warn"
      title={outcome.isDangling ? 'Leads to a missing node' : 'Not connected'}
    >
      !<span className="spoken">, {outcome.isDangling ? 'leads to a missing node' : 'not connected'}</span>
    </span>
  )
}
