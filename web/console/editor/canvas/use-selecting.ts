import type { EdgeMouseHandler, NodeChange } from '@xyflow/react'
import { useMemo } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import type { ConnectionFlowEdge } from './flow-edges.ts'
import { type FlowNode, outcomeOf } from './flow-nodes.ts'

/** Selecting connections with the mouse. */
export function useSelecting() {
  const store = useEditorStore()
  return useMemo(() => {
    const onEdgeClick: EdgeMouseHandler<ConnectionFlowEdge> = (_event, { source, sourceHandle }) =>
      store.getState().selectOutcome({ from: source, outcome: outcomeOf(sourceHandle) }, false)
    const onPaneClick = () => store.getState().select([])
    return { onEdgeClick, onPaneClick }
  }, [store])
}

/** Applies selection changes that React Flow reports, from clicks and selection boxes. */
export function applySelectionChanges(
  store: ReturnType<typeof useEditorStore>,
  changes: readonly NodeChange<FlowNode>[],
): void {
  const chosen = changes.flatMap((change) => (change.type === 'select' ? [change] : []))
  if (chosen.length === 0) return
  const { selection, select } = store.getState()
  const deselected = new Set(chosen.filter(({ selected }) => !selected).map(({ id }) => id))
  const added = chosen.filter(({ id, selected }) => selected && !selection.includes(id)).map(({ id }) => id)
  const next = [...selection.filter((id) => !deselected.has(id)), ...added]
  if (added.length > 0 || next.length < selection.length) select(next)
}
