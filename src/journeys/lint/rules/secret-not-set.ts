import { missingSecrets } from '../../../nodes/secret-settings.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const secretNotSet: Rule = {
  id: 'secret-not-set',
  severity: 'warning',
  what: 'A required password or key of a node is not set.',
  why: 'Exports contain no secrets, so an imported node does not work until the secret is set.',
  remedy: 'Open the node and set the secret.',
  needsRealm: true,
  check(journey) {
    return membersOf(journey).flatMap(({ id, name, nodeType, settings, isStored }) => {
      if (nodeType === undefined || !isStored || !isSettings(settings)) return []
      return missingSecrets(nodeType, settings).map((setting) => ({
        nodeId: id,
        setting,
        message: `Secret setting '${setting}' of '${name}' is not set.`,
      }))
    })
  },
}

function isSettings(settings: unknown): settings is Readonly<Record<string, unknown>> {
  return typeof settings === 'object' && settings !== null
}
