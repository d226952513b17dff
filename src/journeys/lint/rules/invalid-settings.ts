import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const invalidSettings: Rule = {
  id: 'invalid-settings',
  severity: 'error',
  what: 'The settings of a node are missing, or its type does not accept them.',
  why: 'A journey that reaches the node fails.',
  remedy: 'Open the node, correct the setting and save it.',
  check(journey) {
    return membersOf(journey).flatMap(({ id, name, isStored, nodeType, problems: [problem] }) => {
      if (nodeType === undefined || (isStored && problem === undefined)) return []
      const why = isStored ? `are invalid: ${problem}` : 'are not stored'
      return [{ nodeId: id, message: `The settings of '${name}' ${why}.` }]
    })
  },
}
