import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useEditor } from '../editor-context.tsx'
import type { LaneFlowEdge } from './flow-edges.ts'

/** A line of the journey: it keeps to its lane, and lights up where a run went. */
export const LaneEdge = memo(function LaneEdge({ id, data, selected = false }: EdgeProps<LaneFlowEdge>) {
  const lit = useEditor(({ lit }) => (lit === undefined ? 'none' : (lit.lines.get(id) ?? 'off')))
  if (data === undefined) return null
  const { path, isNear, isFolded, isDropTarget } = data
  const names = [
    'lane',
    isNear || selected ? 'near' : '',
    isFolded ? 'folded' : '',
    isDropTarget ? 'drop' : '',
    lit,
  ].join(' ')
  return (
    <>
      {(lit === 'lit' || lit === 'next' || isDropTarget || selected) && (
        <path className="lane-glow" d={path} />
      )}
      <path className={names} d={path} />
      <path className="react-flow__edge-interaction lane-reach" d={path} />
    </>
  )
})
