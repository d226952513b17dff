import { failureId, successId } from '../engine/journey.ts'
import type { JourneyDocument } from './journey-document.ts'

/** A problem of a graph, in AM's words. */
export type GraphProblem = { message: string; nodeId?: string }

const ends: readonly string[] = [successId, failureId]

/** Finds connections to missing nodes and to the node itself. Like AM, accepts an empty journey with any entry node. */
export function graphProblems({ entryNodeId, nodes }: JourneyDocument): GraphProblem[] {
  const known = new Set([...Object.keys(nodes), ...ends])
  if (known.size === ends.length) return []
  const connections = Object.entries(nodes).flatMap(([nodeId, { connections }]) =>
    Object.values(connections).flatMap((target): GraphProblem[] => {
      if (target === nodeId) return [{ nodeId, message: 'Node outcome cannot connect to itself' }]
      if (known.has(target)) return []
      return [{ nodeId, message: `Node with ID ${target} must exist in the tree.` }]
    }),
  )
  if (known.has(entryNodeId)) return connections
  return [{ message: 'Node with ID entryNodeId must exist in the tree.' }, ...connections]
}
