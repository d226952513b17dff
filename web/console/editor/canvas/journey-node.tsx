import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { NodeCount } from '../counts/count-labels.tsx'
import { useEditor } from '../editor-context.tsx'
import { NodeMark, OutcomeMark } from './change-mark.tsx'
import { handleOf, type JourneyFlowNode } from './flow-nodes.ts'
import { NodeHead } from './node-head.tsx'
import { OutcomeCap, OutcomeRow } from './outcome-row.tsx'
import { PageChildren } from './page-children.tsx'

/** A node on the canvas, with its child nodes if it is a page. Sizes come from `model/geometry.ts`. */
export const JourneyNode = memo(function JourneyNode({ id, data, selected }: NodeProps<JourneyFlowNode>) {
  const { nodeView } = data
  const state = useEditor(({ highlight }) =>
    highlight === undefined ? '' : (highlight.nodes.get(id)?.state ?? 'off'),
  )
  const isTarget = useEditor(({ dropTarget }) => dropTarget?.kind === 'page' && dropTarget.pageId === id)
  const mark = useEditor(({ marks }) => marks?.nodes.get(id))
  const [only] = nodeView.outcomes
  const names = [
    'journey-node',
    selected ? 'chosen' : '',
    nodeView.children === undefined ? '' : 'has-children',
    nodeView.isSupported ? '' : 'unsupported',
    nodeView.isStandIn ? 'stand-in' : '',
    isTarget ? 'drop' : '',
    state,
    mark === undefined ? '' : `marked ${mark}`,
  ]
  return (
    <div className={names.filter((name) => name !== '').join(' ')}>
      <Handle id="in" type="target" position={Position.Left} className="port in" isConnectableStart={false} />
      <StepBadge id={id} />
      <NodeMark id={id} />
      <NodeCount id={id} only={nodeView.isPassThrough ? only?.id : undefined} />
      <NodeHead nodeView={nodeView} />
      {nodeView.children !== undefined && <PageChildren pageId={id} childViews={nodeView.children} />}
      {nodeView.isPassThrough && only !== undefined ? (
        <span className="head-port">
          <Handle id={handleOf(only.id)} type="source" position={Position.Right} className="port out" />
          <OutcomeCap outcome={only} />
          <OutcomeMark nodeId={id} outcome={only.id} />
        </span>
      ) : (
        nodeView.outcomes.length > 0 && (
          <ul className="outcomes" aria-label="Outcomes">
            {nodeView.outcomes.map((outcome) => (
              <OutcomeRow key={outcome.id} nodeId={id} outcome={outcome} />
            ))}
          </ul>
        )
      )}
    </div>
  )
})

/** Step number and duration of a run's last visit. */
function StepBadge({ id }: { id: string }) {
  const highlight = useEditor(({ highlight }) => highlight?.nodes.get(id))
  if (highlight === undefined) return null
  return (
    <>
      <span className="step-number stack place-center strong">
        <span className="spoken">Step </span>
        {highlight.number}
      </span>
      <span className="stamp row gap-1 muted nowrap">
        {highlight.visits > 1 && <b className="ink-accent">×{highlight.visits}</b>}
        {highlight.state === 'next' ? 'next' : highlight.label}
      </span>
    </>
  )
}
