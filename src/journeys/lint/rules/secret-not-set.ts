import { missingSecrets } from '../../../nodes/secret-settings.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const secretNotSet: Rule = {
  id: 'secret-not-set',
  severity: 'warning',
  what: 'A node lacks a password or key that it needs.',
  why: 'Exports have no secrets: a node that came by one cannot do its work until somebody sets it.',
  remedy: 'Open the node and set what is named.',
  check(journey) {
    return membersOf(journey).flatMap(({ id, name, nodeType, settings, isStored }) => {
      if (nodeType === undefined || !isStored || !isSettings(settings)) return []
      return missingSecrets(nodeType, settings).map((setting) => ({
        nodeId: id,
        message: `Secret setting '${setting}' of '${name}' is not set.`,
      }))
    })
  },
}

function isSettings(settings: unknown): settings is Readonly<Record<string, unknown>> {
  return typeof settings === 'object' && settings !== null
}
