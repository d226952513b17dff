import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { sizeOfEnd } from '../model/geometry.ts'
import { noteOf } from '../model/notes.ts'
import { childOf } from '../model/page-children.ts'
import { currentLayout } from './current-layout.ts'

const margin = 24
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
      fit: () => void flow.fitView({ maxZoom: 1, padding: 0.08 }),
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
    return () => store.getState().setCanvasControl(undefined)
  }, [store, flow, flowStore])
}
