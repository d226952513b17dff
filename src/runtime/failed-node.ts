import type { NewEntry } from '../audit/audit-book.ts'
import { defined } from '../base/defined.ts'
import type { TypeLookup } from '../journeys/revision.ts'
import { knownReasonOf } from './run-summary.ts'
import type { SavedRun } from './saved-run.ts'
import { entriesIn } from './trace-lines.ts'

/** Types of nodes that handle a failure which an earlier node decided. */
const handlers: ReadonlySet<string> = new Set([
  'RetryLimitDecisionNode',
  'SetErrorDetailsNode',
  'SetFailureDetailsNode',
  'SetFailureUrlNode',
])

/**
 * The node at which a journey failed, and why. The reason is a text of the server, because what a journey or a script says can
 * contain secrets.
 */
export function failedNode(
  { trace }: Pick<SavedRun, 'trace'>,
  typeNamed: TypeLookup,
): Pick<NewEntry, 'node' | 'reason'> {
  const entries = entriesIn(trace)
  const last = entries.at(-1)
  const entry =
    last?.result === 'error' ? last : (entries.findLast(({ nodeType }) => !handlers.has(nodeType)) ?? last)
  if (entry === undefined) return {}
  const { nodeId: id, nodeType: type, displayName: name, outcome = '' } = entry
  const reason = knownReasonOf(entry, typeNamed(type))
  return { node: { id, type, name, outcome }, ...defined({ reason }) }
}
