import { useEffect } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { highlightPath } from '../model/highlighted-path.ts'
import { useRun } from './run-context.tsx'

/** Highlights the run on the canvas up to the selected step, and scrolls to its node. */
export function useHighlight(): void {
  const store = useEditorStore()
  const steps = useRun(({ steps }) => steps)
  const at = useRun(({ at }) => at)
  useEffect(() => {
    const { name, setHighlight, canvasControl } = store.getState()
    const highlight = highlightPath(steps, name, at)
    setHighlight(highlight)
    const now = [...highlight.nodes].find(([, { state }]) => state === 'current')?.[0]
    if (now !== undefined) canvasControl?.reveal(now)
  }, [store, steps, at])
  useEffect(() => () => store.getState().setHighlight(undefined), [store])
}
