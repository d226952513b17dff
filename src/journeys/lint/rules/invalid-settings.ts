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
      if (nodeType === undefined) return []
      if (!isStored) return [{ nodeId: id, message: `The settings of '${name}' are not stored.` }]
      if (problem === undefined) return []
      const [setting = ''] = problem.split(/[.:]/)
      return [{ nodeId: id, setting, message: `The settings of '${name}' are invalid: ${problem}.` }]
    })
  },
}
