import { useReactFlow } from '@xyflow/react'
import { type DragEvent, useMemo } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import type { DrawnConnection } from '../model/drawn-connections.ts'
import { type Dragged, type DropTarget, dropTargetAt } from '../model/drop-target.ts'
import { headHeight, nodeWidth } from '../model/geometry.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { currentLayout } from './current-layout.ts'
import { currentDrag, endDrag } from './drag-data.ts'

/** Drops from the palette or from a page. */
export function useDropping(connections: readonly DrawnConnection[]) {
  const store = useEditorStore()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(() => {
    const pointOf = ({ clientX, clientY }: DragEvent) => screenToFlowPosition({ x: clientX, y: clientY })
    return {
      onDragOver(event: DragEvent) {
        const dragged = currentDrag(event)
        if (dragged === undefined || store.getState().isReadOnly) return
        event.preventDefault()
        event.dataTransfer.dropEffect = dragged.id === undefined ? 'copy' : 'move'
        store
          .getState()
          .setDropTarget(dropTargetAt(pointOf(event), currentLayout(store), connections, dragged))
      },
      onDragLeave(event: DragEvent) {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
        store.getState().setDropTarget(undefined)
      },
      onDrop(event: DragEvent) {
        const dragged = currentDrag(event)
        if (dragged === undefined) return
        event.preventDefault()
        const point = pointOf(event)
        const target = dropTargetAt(point, currentLayout(store), connections, dragged)
        store.getState().setDropTarget(undefined)
        endDrag()
        drop(store, dragged, target, point)
        store.getState().canvasControl?.focus()
      },
    }
  }, [store, screenToFlowPosition, connections])
}

function drop(
  store: EditorStore,
  { type, id }: Dragged,
  target: DropTarget,
  point: { x: number; y: number },
) {
  const { add, catalogue, moveToPage, removeFromPage } = store.getState()
  const at = { x: point.x - nodeWidth / 2, y: point.y - headHeight / 2 }
  if (id !== undefined) {
    if (target.kind === 'page') moveToPage(id, target.pageId, target.gap)
    else removeFromPage(id, at)
    return
  }
  const nodeType = catalogue.newest.find((each) => each.type === type)
  if (nodeType === undefined) return
  if (target.kind === 'page') add(nodeType, target)
  else if (target.kind === 'connection') add(nodeType, { ...target, at })
  else add(nodeType, { kind: 'free', at })
}
