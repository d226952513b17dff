import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { sizeOfEnd } from '../model/geometry.ts'
import { childOf } from '../model/page-children.ts'
import { currentLayout } from './current-layout.ts'

const margin = 24

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
    const reveal = (id: string) => {
      const layout = currentLayout(store)
      const shown = childOf(layout.draft, id)?.pageId ?? id
      const box = { ...layout.positionOf(shown), ...(layout.nodeViews.get(shown)?.size ?? sizeOfEnd(shown)) }
      const { x, y, zoom } = flow.getViewport()
      const { width, height } = size()
      const left = box.x * zoom + x
      const top = box.y * zoom + y
      const isIn =
        left >= margin &&
        top >= margin &&
        left + box.width * zoom <= width - margin &&
        top + box.height * zoom <= height - margin
      if (!isIn) flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom })
    }
    store.getState().setCanvasControl({
      fit: () => void flow.fitView({ maxZoom: 1, padding: 0.08 }),
      actualSize: () => void flow.zoomTo(1),
      reveal,
      centre() {
        const { x, y, zoom } = flow.getViewport()
        const { width, height } = size()
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
      },
      focus: () => flowStore.getState().domNode?.focus({ preventScroll: true }),
    })
    return () => store.getState().setCanvasControl(undefined)
  }, [store, flow, flowStore])
}
