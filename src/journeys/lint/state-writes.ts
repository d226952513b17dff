import { asText } from '../../base/as-text.ts'
import { predecessorsIn, reachableFrom } from '../../engine/graph.ts'
import { innerTreeEvaluator } from '../../nodes/utilities/inner-tree-evaluator.ts'
import { type LintedJourney, type LintedNode, membersOf, targetsOf } from './linted-journey.ts'
import type { LintedRealm, Starter } from './linted-realm.ts'
import { scriptMayWrite } from './script-writes.ts'
import { scriptsOfNode } from './used-scripts.ts'

/** Written by the server before the first node runs. */
const given: ReadonlySet<string> = new Set(['realm', 'authLevel'])

/** Whether a node, the nodes on its page or in its inner journey may write a state key. */
export function mayWrite(
  realm: LintedRealm,
  node: LintedNode,
  key: string,
  passed = new Set<string>(),
): boolean {
  const { nodeType, settings, imitates, config, children } = node
  if (nodeType === undefined || settings === undefined) return true
  // Its settings are known only when it runs.
  if (imitates?.writes !== undefined) return true
  const written = nodeType.writes?.(settings) ?? []
  if (written.includes(key) || children.some((child) => mayWrite(realm, child, key, passed))) return true
  if (written.includes('*')) {
    const scripts = scriptsOfNode(node, realm)
    return scripts.length === 0 || scripts.some(({ source }) => scriptMayWrite(source, key, config))
  }
  return node.type === innerTreeEvaluator.type && journeyMayWrite(realm, asText(config.tree), key, passed)
}

/** Finds the nodes from which a path leads to a node. In a loop, the node is one of them. */
export function pathsOf({ reachable, nodes }: LintedJourney): (node: LintedNode) => LintedNode[] {
  const before = predecessorsIn(
    reachable.map(({ id }) => id),
    (id) => targetsOf(nodes.get(id)),
  )
  return (node) => {
    const found = reachableFrom(before(node.id), before)
    return reachable.filter(({ id }) => found.has(id))
  }
}

/** Whether state may contain a key before the first node of a journey, from a transaction or an outer journey. */
export function mayProvide(
  realm: LintedRealm,
  journey: LintedJourney,
  key: string,
  passed = new Set<string>(),
): boolean {
  if (given.has(key)) return true
  if (passed.has(journey.name)) return false
  passed.add(journey.name)
  const openers = realm.openersOf(journey.name)
  if (openers.length === 0 && journey.document.transactionalOnly) return true
  return openers.some((opener) => handsOver(opener, key)) || outerMayProvide(realm, journey, key, passed)
}

/** Whether an outer journey may have written a key. */
export function outerMayProvide(
  realm: LintedRealm,
  journey: LintedJourney,
  key: string,
  passed = new Set([journey.name]),
): boolean {
  return realm.entrancesOf(journey.name).some((entrance) => {
    const outer = realm.journey(entrance.journey)
    if (outer === undefined) return false
    return (
      journeyMayWrite(realm, outer.name, key, new Set([journey.name])) ||
      mayProvide(realm, outer, key, passed)
    )
  })
}

function journeyMayWrite(realm: LintedRealm, name: string, key: string, passed: Set<string>): boolean {
  const journey = realm.journey(name)
  if (journey === undefined) return true
  if (passed.has(name)) return false
  passed.add(name)
  return membersOf(journey).some((node) => mayWrite(realm, node, key, passed))
}

/** Whether Backchannel Initialize passes a key on: the subject's username, or any member of its data. */
function handsOver({ config, isImitated }: Starter, key: string): boolean {
  const { idType = 'NONE', dataKey } = config
  return isImitated || Boolean(dataKey) || (key === 'username' && idType !== 'NONE')
}
