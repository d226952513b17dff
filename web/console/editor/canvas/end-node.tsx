import { IconCheck, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { useDraft, useEditor } from '../editor-context.tsx'
import { failureId, startId, successId } from '../model/draft.ts'
import { connectionId } from '../model/drawn-connections.ts'
import { sourcesOf } from '../model/node-outcomes.ts'
import { type EndFlowNode, handleOf } from './flow-nodes.ts'

/** The start and the two ends. */
export const EndNode = memo(function EndNode({ id, selected }: NodeProps<EndFlowNode>) {
  const state = useEditor(({ highlight, nodeViews }) => {
    if (highlight === undefined) return ''
    if (id === startId) return highlight.nodes.size > 0 ? 'visited' : ''
    const isReached = [...nodeViews.values()].some(({ id: from, outcomes }) =>
      outcomes.some(
        ({ id: outcome, target }) =>
          target === id && highlight.connections.has(connectionId({ from, outcome })),
      ),
    )
    return isReached ? 'visited' : 'off'
  })
  const look = 'end-node flex align-center gap-6px full-width muted text-note strong nowrap'
  const kind = id === startId ? 'start' : id === successId ? 'good' : 'bad'
  const names = [look, kind, selected ? 'chosen' : '', state].filter((name) => name !== '')
  return (
    <div className={names.join(' ')}>
      {id === startId ? (
        <>
          <IconPlayerPlay size={16} stroke={1.75} aria-hidden />
          <Handle id={handleOf('')} type="source" position={Position.Right} className="port out" />
        </>
      ) : (
        <>
          <Handle
            id="in"
            type="target"
            position={Position.Left}
            className="port in"
            isConnectableStart={false}
          />
          {id === successId ? (
            <IconCheck size={16} stroke={2} aria-hidden />
          ) : (
            <IconX size={16} stroke={2} aria-hidden />
          )}
          {id === successId ? 'Success' : 'Failure'}
          {id === failureId && <IncomingCount />}
        </>
      )}
    </div>
  )
})

/** Number of connections to Failure, which are not drawn. */
function IncomingCount() {
  const draft = useDraft()
  const count = sourcesOf(draft, failureId).length + (draft.tree.entryNodeId === failureId ? 1 : 0)
  return count === 0 ? null : (
    <small className="regular muted" title={count === 1 ? '1 connection' : `${count} connections`}>
      {count}
      <span className="spoken">{count === 1 ? ' connection' : ' connections'}</span>
    </small>
  )
}
