import { type ReactFlowState, useStore } from '@xyflow/react'

/** Far away a node shows its name alone, and farther away its tile. */
export function useZoomLevel(): 'near' | 'far' | 'farthest' {
  return useStore(levelOf)
}

function levelOf({ transform: [, , zoom] }: ReactFlowState) {
  if (zoom < 0.35) return 'farthest'
  return zoom < 0.6 ? 'far' : 'near'
}
