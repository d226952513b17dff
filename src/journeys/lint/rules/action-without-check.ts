import type { Rule } from '../rule.ts'

export const actionWithoutCheck: Rule = {
  id: 'action-without-check',
  severity: 'warning',
  what: 'No check of the desk is enough for an action that agents can choose.',
  why: 'Agents verify the caller and may not go ahead afterwards.',
  remedy:
    'Offer a check whose caller proves as much as the realm’s help-desk settings need for the action, or change what they need.',
  needsRealm: true,
  check({ name }, { desk }) {
    // The finding is about the desk as a whole: its first check shows it.
    if (desk === undefined || desk.checks[0]?.journey !== name || desk.actionsWithoutCheck.length === 0)
      return []
    return [{ message: `No check of the desk is enough for: ${desk.actionsWithoutCheck.join(', ')}.` }]
  },
}
