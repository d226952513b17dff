import {
  type Connection,
  type IsValidConnection,
  type OnConnectEnd,
  type OnReconnect,
  useReactFlow,
} from '@xyflow/react'
import { useMemo } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { canConnect, type OutcomeRef } from '../model/connect.ts'
import { startId } from '../model/draft.ts'
import { allBoxes } from '../model/drawn-connections.ts'
import { isInside, sizeOfEnd } from '../model/geometry.ts'
import { currentLayout } from './current-layout.ts'
import type { ConnectionFlowEdge } from './flow-edges.ts'
import { outcomeOf } from './flow-nodes.ts'

/**
 * Drawing a connection from a port: to another port, to any point of a node, or to empty space to choose from
 * a list.
 */
export function useConnecting() {
  const store = useEditorStore()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(() => {
    const isValidConnection: IsValidConnection<ConnectionFlowEdge> = ({ source, sourceHandle, target }) =>
      canConnect(store.getState().history.present, sourceOf(source, sourceHandle), target)
    const onConnect = ({ source, sourceHandle, target }: Connection) =>
      store.getState().connectTo(sourceOf(source, sourceHandle), target)
    const onReconnect: OnReconnect<ConnectionFlowEdge> = ({ source, sourceHandle }, { target }) =>
      store.getState().connectTo(sourceOf(source, sourceHandle), target)
    const onConnectEnd: OnConnectEnd = (event, { isValid, fromHandle }) => {
      if (isValid || fromHandle === null || fromHandle.type !== 'source') return
      const source = sourceOf(fromHandle.nodeId, fromHandle.id)
      const point = 'clientX' in event ? event : event.changedTouches[0]
      if (point === undefined) return
      const at = screenToFlowPosition({ x: point.clientX, y: point.clientY })
      const target = nodeAt(store, at)
      if (target === undefined) store.getState().openDialog({ kind: 'connect', source })
      else store.getState().connectTo(source, target)
    }
    return { isValidConnection, onConnect, onReconnect, onConnectEnd }
  }, [store, screenToFlowPosition])
}

function sourceOf(source: string, handle: string | null | undefined): OutcomeRef {
  return { from: source, outcome: outcomeOf(handle) }
}

function nodeAt(store: ReturnType<typeof useEditorStore>, at: { x: number; y: number }): string | undefined {
  const layout = currentLayout(store)
  const node = [...layout.nodeViews.values()].find((nodeView) =>
    isInside(at, { ...layout.positionOf(nodeView.id), ...nodeView.size }),
  )
  if (node !== undefined) return node.id
  return endIds(layout).find((id) => isInside(at, { ...layout.positionOf(id), ...sizeOfEnd(id) }))
}

function endIds(layout: ReturnType<typeof currentLayout>): string[] {
  return allBoxes(layout).length === 0
    ? []
    : Object.keys(layout.draft.tree.staticNodes ?? {}).filter((id) => id !== startId)
}
