import { type LintedNode, membersOf } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const standInWithoutOutcome: Rule = {
  id: 'stand-in-without-outcome',
  severity: 'error',
  what: 'A node can’t run here, and the realm declares no outcome for its type.',
  why: 'A journey that reaches the node ends in failure.',
  remedy: 'Ask an administrator to declare a stand-in in the realm’s settings, or replace the node.',
  needsRealm: true,
  check(journey, realm) {
    return membersOf(journey).flatMap((node) => {
      const problem = node.nodeType?.standIn && problemOf(node, realm)
      return problem === undefined ? [] : [{ nodeId: node.id, message: `'${node.name}' ${problem}.` }]
    })
  },
}

function problemOf({ type, outcomes }: LintedNode, realm: LintedRealm): string | undefined {
  const declared = realm.standInFor(type)
  if (declared === 'unknown') return undefined
  if (declared === undefined) return `is of type ${type}, for which the realm declares no stand-in`
  const isOffered = outcomes === undefined || outcomes.some(({ id }) => id === declared.outcome)
  if (declared.does === 'hook' || isOffered) return undefined
  return `has no outcome '${declared.outcome}', which the realm declares for ${type}`
}
