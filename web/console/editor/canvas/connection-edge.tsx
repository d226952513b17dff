import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useEditor } from '../editor-context.tsx'
import type { ConnectionFlowEdge } from './flow-edges.ts'

/** A connection as a React Flow edge. It is highlighted where a run passed. */
export const ConnectionEdge = memo(function ConnectionEdge({
  id,
  data,
  selected = false,
}: EdgeProps<ConnectionFlowEdge>) {
  const highlight = useEditor(({ highlight }) =>
    highlight === undefined ? 'none' : (highlight.connections.get(id) ?? 'off'),
  )
  const mark = useEditor(({ marks }) => marks?.connections.get(id))
  if (data === undefined) return null
  const { path, isNear, isFolded, isDropTarget } = data
  const names = [
    'lane',
    isNear || selected ? 'near' : '',
    isFolded ? 'folded' : '',
    isDropTarget ? 'drop' : '',
    highlight,
    mark === undefined ? '' : `marked ${mark}`,
  ].join(' ')
  return (
    <>
      {(highlight === 'visited' || highlight === 'next' || isDropTarget || selected) && (
        <path className="lane-glow" d={path} />
      )}
      <path className={names} d={path} />
      <path className="react-flow__edge-interaction lane-reach" d={path} />
    </>
  )
})
