import type { NodeChange, OnNodeDrag } from '@xyflow/react'
import { useReactFlow } from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import type { Point } from '../../../api/journey-document.ts'
import { useEditorStore } from '../editor-context.tsx'
import type { DrawnConnection } from '../model/drawn-connections.ts'
import { type DropTarget, dropTargetAt } from '../model/drop-target.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { currentLayout } from './current-layout.ts'
import type { FlowNode } from './flow-nodes.ts'

type Places = Readonly<Record<string, Point>>

const none: Places = {}

/** Dragging nodes on the canvas. Positions stay local until the drop, which is one undo step. */
export function useDragging() {
  const store = useEditorStore()
  const { screenToFlowPosition } = useReactFlow()
  const [dragged, setDragged] = useState<Places>(none)
  const isCopy = useRef(false)

  const follow = useCallback((changes: readonly NodeChange<FlowNode>[]) => {
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.dragging && change.position !== undefined
        ? [[change.id, change.position] as const]
        : [],
    )
    if (moved.length > 0) setDragged((before) => ({ ...before, ...Object.fromEntries(moved) }))
  }, [])

  const handlers = useCallback(
    (connections: readonly DrawnConnection[]) => {
      const onNodeDragStart: OnNodeDrag<FlowNode> = (event, node) => {
        isCopy.current = event.altKey
        if (!store.getState().selection.includes(node.id)) store.getState().select([node.id])
      }
      const onNodeDrag: OnNodeDrag<FlowNode> = (event, node, nodes) => {
        if (nodes.length !== 1 || isCopy.current) return
        store
          .getState()
          .setDropTarget(targetOf(store, screenToFlowPosition(pointOf(event)), node, connections))
      }
      const onNodeDragStop: OnNodeDrag<FlowNode> = (event, node, nodes) => {
        const { dropTarget, setDropTarget } = store.getState()
        setDropTarget(undefined)
        setDragged(none)
        if (isCopy.current || event.altKey) copyTo(store, nodes)
        else if (nodes.length === 1 && dropTarget !== undefined) dropOne(store, node, dropTarget)
        else moveAll(store, nodes)
      }
      return { onNodeDragStart, onNodeDrag, onNodeDragStop }
    },
    [store, screenToFlowPosition],
  )
  return { dragged, follow, handlers }
}

function targetOf(
  store: EditorStore,
  point: Point,
  node: FlowNode,
  connections: readonly DrawnConnection[],
): DropTarget {
  if (node.type !== 'journey') return { kind: 'canvas' }
  const dragged = { id: node.id, type: node.data.nodeView.type }
  return dropTargetAt(point, currentLayout(store), connections, dragged)
}

function dropOne(store: EditorStore, node: FlowNode, drop: DropTarget): void {
  const { moveToPage, insertIntoConnection } = store.getState()
  if (drop.kind === 'page') moveToPage(node.id, drop.pageId, drop.gap)
  else if (drop.kind === 'connection') insertIntoConnection(node.id, drop.connection, node.position)
  else moveAll(store, [node])
}

function moveAll(store: EditorStore, nodes: readonly FlowNode[]): void {
  store.getState().move(Object.fromEntries(nodes.map(({ id, position }) => [id, position])))
}

function copyTo(store: EditorStore, nodes: readonly FlowNode[]): void {
  const journeyNodes = nodes.filter(({ type }) => type === 'journey')
  const x = Math.min(...journeyNodes.map(({ position }) => position.x))
  const y = Math.min(...journeyNodes.map(({ position }) => position.y))
  store.getState().duplicate(
    journeyNodes.map(({ id }) => id),
    { x, y },
  )
}

/** Position of the mouse or of the first touch. */
function pointOf(event: MouseEvent | TouchEvent): Point {
  const { clientX: x, clientY: y } =
    'clientX' in event ? event : (event.touches[0] ?? { clientX: 0, clientY: 0 })
  return { x, y }
}
