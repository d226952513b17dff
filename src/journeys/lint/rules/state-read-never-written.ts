import { backchannelNotification } from '../../../nodes/backchannel/backchannel-notification.ts'
import { backchannelStatus } from '../../../nodes/backchannel/backchannel-status.ts'
import type { LintedJourney, LintedNode } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'
import { mayProvide, mayWrite, outerMayProvide, pathsOf } from '../state-writes.ts'

const remedies: ReadonlyMap<string, string> = new Map([
  [backchannelStatus.type, 'Make every path to it pass a Backchannel Initialize node.'],
  [backchannelNotification.type, 'Make an earlier node write an object to the Data Key.'],
])

export const stateReadNeverWritten: Rule = {
  id: 'state-read-never-written',
  severity: 'warning',
  what: 'A node needs a state key that no path to it writes.',
  why: 'The node fails, or ends with its error outcome.',
  remedy: 'Make an earlier node write the key, or use another key in the node.',
  check(journey, realm) {
    const nodesBefore = pathsOf(journey)
    return journey.reachable.flatMap((node) =>
      [node, ...node.children].flatMap((reader, place) => {
        const keys = requiredKeys(reader).filter((key) => !comesFromOutside(realm, journey, reader, key))
        if (keys.length === 0) return []
        const writers = [...nodesBefore(node), ...node.children.slice(0, Math.max(0, place - 1))]
        return keys
          .filter((key) => !writers.some((writer) => mayWrite(realm, writer, key)))
          .map((key) => ({
            nodeId: reader.id,
            message: `'${reader.name}' needs the state key '${key}', which no path to it writes.`,
            ...remedyFor(reader),
          }))
      }),
    )
  },
}

function requiredKeys({ nodeType, settings }: LintedNode): readonly string[] {
  return settings === undefined ? [] : (nodeType?.requires?.(settings) ?? [])
}

/** The transaction's own data doesn't count for a notification, because it came from the waiting journey. */
function comesFromOutside(
  realm: LintedRealm,
  journey: LintedJourney,
  { type }: LintedNode,
  key: string,
): boolean {
  return type === backchannelNotification.type
    ? outerMayProvide(realm, journey, key)
    : mayProvide(realm, journey, key)
}

function remedyFor({ type }: LintedNode) {
  const remedy = remedies.get(type)
  return remedy === undefined ? {} : { remedy }
}
