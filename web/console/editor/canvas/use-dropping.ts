import { useReactFlow } from '@xyflow/react'
import { type DragEvent, useMemo } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import type { Line } from '../model/drawn-connections.ts'
import { type Dragged, type DropTarget, dropTargetAt } from '../model/drop-target.ts'
import { headHeight, nodeWidth } from '../model/geometry.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { pictureOf } from './current-layout.ts'
import { draggedNow, endDrag } from './drag-data.ts'

/** Dropping what comes from the list of node types, or off a page. */
export function useDropping(lines: readonly Line[]) {
  const store = useEditorStore()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(() => {
    const pointOf = ({ clientX, clientY }: DragEvent) => screenToFlowPosition({ x: clientX, y: clientY })
    return {
      onDragOver(event: DragEvent) {
        const dragged = draggedNow(event)
        if (dragged === undefined || store.getState().isReadOnly) return
        event.preventDefault()
        event.dataTransfer.dropEffect = dragged.id === undefined ? 'copy' : 'move'
        store.getState().setDrop(dropTargetAt(pointOf(event), pictureOf(store), lines, dragged))
      },
      onDragLeave(event: DragEvent) {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
        store.getState().setDrop(undefined)
      },
      onDrop(event: DragEvent) {
        const dragged = draggedNow(event)
        if (dragged === undefined) return
        event.preventDefault()
        const point = pointOf(event)
        const target = dropTargetAt(point, pictureOf(store), lines, dragged)
        store.getState().setDrop(undefined)
        endDrag()
        drop(store, dragged, target, point)
        store.getState().control?.focus()
      },
    }
  }, [store, screenToFlowPosition, lines])
}

function drop(
  store: EditorStore,
  { type, id }: Dragged,
  target: DropTarget,
  point: { x: number; y: number },
) {
  const { add, book, putOnPage, takeOff } = store.getState()
  const at = { x: point.x - nodeWidth / 2, y: point.y - headHeight / 2 }
  if (id !== undefined) {
    if (target.kind === 'page') putOnPage(id, target.pageId, target.gap)
    else takeOff(id, at)
    return
  }
  const nodeType = book.newest.find((each) => each.type === type)
  if (nodeType === undefined) return
  if (target.kind === 'page') add(nodeType, target)
  else if (target.kind === 'edge') add(nodeType, { ...target, at })
  else add(nodeType, { kind: 'free', at })
}
