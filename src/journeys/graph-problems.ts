import { failureId, successId } from '../engine/journey.ts'
import type { JourneyDocument } from './journey-document.ts'

/** A place where a graph does not hold together, in AM's words. */
export type GraphProblem = { message: string; nodeId?: string }

const ends: readonly string[] = [successId, failureId]

/** Where a graph leads nowhere or to itself. AM takes an empty journey, whatever it says of its beginning. */
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
