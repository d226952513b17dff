import { asText } from '../../../engine/as-text.ts'
import { cyclesIn } from '../../../engine/graph.ts'
import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import { type LintedNode, targetsOf } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const loopWithoutCallback: Rule = {
  id: 'loop-without-callback',
  severity: 'warning',
  what: 'Nodes lead to one another in a circle, and none of them asks anybody.',
  why: 'Nothing changes from one round to the next, until the limit on nodes of one request ends the login.',
  remedy: 'Put a node that asks or waits into the circle.',
  check(journey, realm) {
    const silent = new Map(
      journey.reachable.filter((node) => !mayAsk(realm, node)).map((node) => [node.id, node]),
    )
    const next = (id: string) =>
      targetsOf(silent.get(id)).filter((target) => target !== id && silent.has(target))
    return cyclesIn([...silent.keys()], next).map((circle) => {
      const names = circle.map((id) => `'${silent.get(id)?.name}'`)
      return { nodeId: circle[0] ?? '', message: `The circle of ${names.join(', ')} asks nobody anything.` }
    })
  },
}

/** A node of a type that nobody knows may. */
function mayAsk(realm: LintedRealm, node: LintedNode, passed = new Set<string>()): boolean {
  const type = node.imitates ?? node.nodeType
  if (type === undefined) return true
  // A page asks what the nodes on it ask.
  if (node.children.length > 0) return node.children.some((child) => mayAsk(realm, child))
  if (type.callbacks !== undefined || type.suspends) return true
  if (type.type !== innerTreeEvaluator.type) return false
  const name = asText(node.config.tree)
  if (passed.has(name)) return false
  passed.add(name)
  const inner = realm.journey(name)
  return inner === undefined || inner.reachable.some((each) => mayAsk(realm, each, passed))
}
