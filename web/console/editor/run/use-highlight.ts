import { useEffect } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { litPath } from '../model/highlighted-path.ts'
import { useRun } from './run-context.tsx'

/** Lights the canvas up to the step that is looked at, and brings its node into view. */
export function useLight(): void {
  const store = useEditorStore()
  const steps = useRun(({ steps }) => steps)
  const at = useRun(({ at }) => at)
  useEffect(() => {
    const { name, setLit, control } = store.getState()
    const lit = litPath(steps, name, at)
    setLit(lit)
    const now = [...lit.nodes].find(([, { state }]) => state === 'now')?.[0]
    if (now !== undefined) control?.reveal(now)
  }, [store, steps, at])
  useEffect(() => () => store.getState().setLit(undefined), [store])
}
