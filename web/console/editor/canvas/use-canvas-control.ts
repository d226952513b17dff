import { getViewportForBounds, type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { type Box, sizeOfEnd } from '../model/geometry.ts'
import { noteOf } from '../model/notes.ts'
import { childOf } from '../model/page-children.ts'
import { currentLayout } from './current-layout.ts'

const margin = 24
export const fittedView = { maxZoom: 1, padding: 0.08 }
/** From here on, nodes show all their texts. */
const readableZoom = 0.6

/** Provides the canvas controls to the rest of the editor. */
export function useCanvasControl(): void {
  const store = useEditorStore()
  const flow = useReactFlow()
  const flowStore = useStoreApi()
  useEffect(() => {
    const size = () => {
      const { width, height } = flowStore.getState()
      return { width, height }
    }
    const boxOf = (id: string) => {
      const layout = currentLayout(store)
      const shown = childOf(layout.draft, id)?.pageId ?? id
      const { width, height } =
        layout.nodeViews.get(shown)?.size ?? noteOf(layout.draft, shown) ?? sizeOfEnd(shown)
      return { ...layout.positionOf(shown), width, height }
    }
    const centreOn = (id: string, zoom: number) => {
      const box = boxOf(id)
      void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom })
    }
    const reveal = (id: string) => {
      const box = boxOf(id)
      const { x, y, zoom } = flow.getViewport()
      const { width, height } = size()
      const left = box.x * zoom + x
      const top = box.y * zoom + y
      const isIn =
        left >= margin &&
        top >= margin &&
        left + box.width * zoom <= width - margin &&
        top + box.height * zoom <= height - margin
      if (!isIn) centreOn(id, zoom)
    }
    store.getState().setCanvasControl({
      fit: () => void flow.fitView(fittedView),
      actualSize: () => void flow.zoomTo(1),
      reveal,
      centreOn: (id) => centreOn(id, Math.max(flow.getZoom(), readableZoom)),
      centre() {
        const { x, y, zoom } = flow.getViewport()
        const { width, height } = size()
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
      },
      focus: () => flowStore.getState().domNode?.focus({ preventScroll: true }),
    })
    // A panel beside the canvas was folded or opened. A view that showed all of the journey still does.
    const unsubscribe = flowStore.subscribe((now, before) => {
      if (now.width === before.width && now.height === before.height) return
      const chosen = store.getState().selection.at(-1)
      if (isFitted(flow.getNodesBounds(flow.getNodes()), before)) void flow.fitView(fittedView)
      else if (chosen !== undefined) reveal(chosen)
    })
    return () => {
      unsubscribe()
      store.getState().setCanvasControl(undefined)
    }
  }, [store, flow, flowStore])
}

/** Whether the view shows the bounds as "Fit to view" does. */
function isFitted(bounds: Box, { width, height, minZoom, transform }: ReactFlowState): boolean {
  const { x, y, zoom } = getViewportForBounds(
    bounds,
    width,
    height,
    minZoom,
    fittedView.maxZoom,
    fittedView.padding,
  )
  return [x, y, zoom].every((value, at) => Math.abs(value - (transform[at] ?? 0)) < 1)
}
