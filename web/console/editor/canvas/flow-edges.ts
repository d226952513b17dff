import type { Edge } from '@xyflow/react'
import { useMemo } from 'react'
import type { Point } from '../../../api/journey-document.ts'
import { useDraft, useEditor } from '../editor-context.tsx'
import { failureId } from '../model/draft.ts'
import {
  type CanvasLayout,
  connectionId,
  type DrawnConnection,
  drawConnections,
  drawFoldedConnections,
} from '../model/drawn-connections.ts'
import type { CanvasNodeView } from '../model/node-views.ts'
import { positionOf } from '../model/positions.ts'
import { handleOf, nameOfEnd } from './flow-nodes.ts'

export type ConnectionFlowEdge = Edge<
  { path: string; isNear: boolean; isFolded: boolean; isDropTarget: boolean },
  'lane'
>

const nothing = {}

function useCanvasLayout(dragged: Readonly<Record<string, Point>> = nothing): CanvasLayout {
  const draft = useDraft()
  const autoPositions = useEditor(({ autoPositions }) => autoPositions)
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  return useMemo(
    () => ({ draft, nodeViews, positionOf: (id) => dragged[id] ?? positionOf(draft, autoPositions, id) }),
    [draft, autoPositions, nodeViews, dragged],
  )
}

/** Routes all connections. Those of dragged nodes follow them without avoiding obstacles. */
export function useDrawnConnections(dragged: Readonly<Record<string, Point>>): DrawnConnection[] {
  const still = useCanvasLayout()
  const moving = useCanvasLayout(dragged)
  const connections = useMemo(() => drawConnections(still), [still])
  return useMemo(() => {
    const ids = new Set(Object.keys(dragged))
    if (ids.size === 0) return connections
    return [
      ...connections.filter(({ from, to }) => !ids.has(from) && !ids.has(to)),
      ...drawConnections(moving, ids),
    ]
  }, [connections, moving, dragged])
}

/** Edges for React Flow. */
export function useFlowEdges(
  connections: readonly DrawnConnection[],
  isFailureShown: boolean,
): ConnectionFlowEdge[] {
  const layout = useCanvasLayout()
  const selection = useEditor(({ selection }) => selection)
  const source = useEditor(({ selectedOutcome }) => selectedOutcome)
  const drop = useEditor(({ dropTarget }) => dropTarget)
  const folded = useMemo(
    () => (isFailureShown ? drawFoldedConnections(layout) : []),
    [layout, isFailureShown],
  )
  return useMemo(() => {
    const chosen = source === undefined ? undefined : connectionId(source)
    const target = drop?.kind === 'connection' ? connectionId(drop.connection) : undefined
    const edge = (connection: DrawnConnection, isFolded: boolean): ConnectionFlowEdge => ({
      id: connection.id,
      type: 'lane',
      source: connection.from,
      sourceHandle: handleOf(connection.outcome),
      target: connection.to,
      targetHandle: 'in',
      selected: connection.id === chosen,
      ariaLabel: labelOf(connection, layout.nodeViews),
      data: {
        path: connection.path,
        isNear: selection.includes(connection.from) || selection.includes(connection.to),
        isFolded,
        isDropTarget: connection.id === target,
      },
    })
    return [
      ...connections.map((connection) => edge(connection, false)),
      ...folded.map((connection) => edge(connection, true)),
    ]
  }, [connections, folded, selection, source, drop, layout])
}

function labelOf(
  { from, outcome, to }: DrawnConnection,
  nodeViews: ReadonlyMap<string, CanvasNodeView>,
): string {
  const nodeView = nodeViews.get(from)
  const label = nodeView?.outcomes.find(({ id }) => id === outcome)?.label
  const name = (id: string) => nodeViews.get(id)?.name ?? nameOfEnd(id)
  const start = label === undefined || nodeView?.isPassThrough ? name(from) : `${label} of ${name(from)}`
  return `${start} leads to ${name(to)}`
}

/** Connections to Failure show while Failure is selected. */
export function useIsFailureSelected(): boolean {
  return useEditor(({ selection }) => selection.includes(failureId))
}
