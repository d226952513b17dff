import { asText } from '../../../base/as-text.ts'
import { cyclesIn } from '../../../engine/graph.ts'
import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import { type LintedNode, targetsOf } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const loopWithoutCallback: Rule = {
  id: 'loop-without-callback',
  severity: 'warning',
  what: 'Nodes form a loop, and none of them sends callbacks.',
  why: 'The loop runs until the limit of nodes per request fails the journey.',
  remedy: 'Add a node that sends callbacks or waits to the loop.',
  check(journey, realm) {
    const silent = new Map(
      journey.reachable.filter((node) => !maySendCallbacks(realm, node)).map((node) => [node.id, node]),
    )
    const next = (id: string) =>
      targetsOf(silent.get(id)).filter((target) => target !== id && silent.has(target))
    return cyclesIn([...silent.keys()], next).map((loop) => {
      const names = loop.map((id) => `'${silent.get(id)?.name}'`)
      return { nodeId: loop[0] ?? '', message: `The loop of ${names.join(', ')} sends no callbacks.` }
    })
  },
}

/** Nodes of unknown types may send callbacks. */
function maySendCallbacks(realm: LintedRealm, node: LintedNode, passed = new Set<string>()): boolean {
  const type = node.imitates ?? node.nodeType
  if (type === undefined) return true
  if (node.children.length > 0) return node.children.some((child) => maySendCallbacks(realm, child))
  if (type.callbacks !== undefined || type.suspends) return true
  if (type.type !== innerTreeEvaluator.type) return false
  const name = asText(node.config.tree)
  if (passed.has(name)) return false
  passed.add(name)
  const inner = realm.journey(name)
  return inner === undefined || inner.reachable.some((each) => maySendCallbacks(realm, each, passed))
}
