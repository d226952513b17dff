import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useEditor } from '../editor-context.tsx'
import { lineWidth } from '../model/canvas-counts.ts'
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
  const width = useEditor(({ counts }) =>
    counts === undefined ? undefined : lineWidth(counts.connections.get(id)?.count ?? 0, counts.starts),
  )
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
      <path className={names} d={path} style={width === undefined ? undefined : { strokeWidth: width }} />
      <path className="react-flow__edge-interaction lane-reach" d={path} />
    </>
  )
})
