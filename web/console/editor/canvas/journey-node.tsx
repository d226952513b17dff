import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { useEditor } from '../editor-context.tsx'
import { handleOf, type JourneyFlowNode } from './flow-nodes.ts'
import { NodeHead } from './node-head.tsx'
import { WayCap, WayRow } from './outcome-row.tsx'
import { PageChildren } from './page-children.tsx'

/** A node on the canvas; a page with the nodes on it. Its size is that of `model/geometry.ts`. */
export const JourneyNode = memo(function JourneyNode({ id, data, selected }: NodeProps<JourneyFlowNode>) {
  const { face } = data
  const state = useEditor(({ lit }) => (lit === undefined ? '' : (lit.nodes.get(id)?.state ?? 'off')))
  const isTarget = useEditor(({ drop }) => drop?.kind === 'page' && drop.pageId === id)
  const [only] = face.ways
  const names = [
    'journey-node',
    selected ? 'chosen' : '',
    face.children === undefined ? '' : 'has-kids',
    face.isSupported ? '' : 'unsupported',
    isTarget ? 'drop' : '',
    state,
  ]
  return (
    <div className={names.filter((name) => name !== '').join(' ')}>
      <Handle id="in" type="target" position={Position.Left} className="port in" isConnectableStart={false} />
      <NodeStamp id={id} />
      <NodeHead face={face} />
      {face.children !== undefined && <PageChildren pageId={id} kids={face.children} />}
      {face.isNameless && only !== undefined ? (
        <span className="head-port">
          <Handle id={handleOf(only.id)} type="source" position={Position.Right} className="port out" />
          <WayCap way={only} />
        </span>
      ) : (
        face.ways.length > 0 && (
          <ul className="ways" aria-label="Ways out">
            {face.ways.map((way) => (
              <WayRow key={way.id} nodeId={id} way={way} />
            ))}
          </ul>
        )
      )}
    </div>
  )
})

/** The number of the step at which a run came by, and how long it took. */
function NodeStamp({ id }: { id: string }) {
  const lit = useEditor(({ lit }) => lit?.nodes.get(id))
  if (lit === undefined) return null
  return (
    <>
      <span className="step-number">
        <span className="spoken">Step </span>
        {lit.number}
      </span>
      <span className="stamp">
        {lit.visits > 1 && <b>×{lit.visits}</b>}
        {lit.state === 'ahead' ? 'next' : lit.stamp}
      </span>
    </>
  )
}
