import {
  type Connection,
  type IsValidConnection,
  type OnConnectEnd,
  type OnReconnect,
  useReactFlow,
} from '@xyflow/react'
import { useMemo } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { type Exit, mayConnect } from '../model/connect.ts'
import { startId } from '../model/draft.ts'
import { everyBox } from '../model/drawn-connections.ts'
import { isInside, sizeOfEnd } from '../model/geometry.ts'
import { pictureOf } from './current-layout.ts'
import type { LaneFlowEdge } from './flow-edges.ts'
import { outcomeOf } from './flow-nodes.ts'

/** Drawing a line from a port: onto a port, anywhere onto a node, or into the open to choose from a list. */
export function useConnecting() {
  const store = useEditorStore()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(() => {
    const isValidConnection: IsValidConnection<LaneFlowEdge> = ({ source, sourceHandle, target }) =>
      mayConnect(store.getState().history.present, exitOf(source, sourceHandle), target)
    const onConnect = ({ source, sourceHandle, target }: Connection) =>
      store.getState().connectTo(exitOf(source, sourceHandle), target)
    const onReconnect: OnReconnect<LaneFlowEdge> = ({ source, sourceHandle }, { target }) =>
      store.getState().connectTo(exitOf(source, sourceHandle), target)
    const onConnectEnd: OnConnectEnd = (event, { isValid, fromHandle }) => {
      if (isValid || fromHandle === null || fromHandle.type !== 'source') return
      const exit = exitOf(fromHandle.nodeId, fromHandle.id)
      const point = 'clientX' in event ? event : event.changedTouches[0]
      if (point === undefined) return
      const at = screenToFlowPosition({ x: point.clientX, y: point.clientY })
      const target = nodeAt(store, at)
      if (target === undefined) store.getState().open({ kind: 'connect', exit })
      else store.getState().connectTo(exit, target)
    }
    return { isValidConnection, onConnect, onReconnect, onConnectEnd }
  }, [store, screenToFlowPosition])
}

function exitOf(source: string, handle: string | null | undefined): Exit {
  return { from: source, outcome: outcomeOf(handle) }
}

function nodeAt(store: ReturnType<typeof useEditorStore>, at: { x: number; y: number }): string | undefined {
  const picture = pictureOf(store)
  const node = [...picture.faces.values()].find((face) =>
    isInside(at, { ...picture.placeOf(face.id), ...face.size }),
  )
  if (node !== undefined) return node.id
  return endsIn(picture).find((id) => isInside(at, { ...picture.placeOf(id), ...sizeOfEnd(id) }))
}

function endsIn(picture: ReturnType<typeof pictureOf>): string[] {
  return everyBox(picture).length === 0
    ? []
    : Object.keys(picture.draft.tree.staticNodes ?? {}).filter((id) => id !== startId)
}
