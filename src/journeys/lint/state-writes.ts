import { asText } from '../../engine/as-text.ts'
import { predecessorsIn, reachableFrom } from '../../engine/graph.ts'
import { innerTreeEvaluator } from '../../nodes/utilities/inner-tree-evaluator.ts'
import { type LintedJourney, type LintedNode, membersOf, targetsOf } from './linted-journey.ts'
import type { LintedRealm, Starter } from './linted-realm.ts'
import { scriptMayWrite } from './script-writes.ts'
import { scriptsOfNode } from './used-scripts.ts'

/** Set by the server before the first node runs. */
const given: ReadonlySet<string> = new Set(['realm', 'authLevel'])

/** Whether a node may write a state key, the nodes on its page and in its inner journey included. */
export function mayWrite(
  realm: LintedRealm,
  node: LintedNode,
  key: string,
  passed = new Set<string>(),
): boolean {
  const { nodeType, settings, imitates, config, children } = node
  if (nodeType === undefined || settings === undefined) return true
  // Its settings are made when it runs.
  if (imitates?.writes !== undefined) return true
  const written = nodeType.writes?.(settings) ?? []
  if (written.includes(key) || children.some((child) => mayWrite(realm, child, key, passed))) return true
  if (written.includes('*')) {
    const scripts = scriptsOfNode(node, realm)
    return scripts.length === 0 || scripts.some(({ source }) => scriptMayWrite(source, key, config))
  }
  return node.type === innerTreeEvaluator.type && journeyMayWrite(realm, asText(config.tree), key, passed)
}

/** Tells the nodes from which a path leads to a node; it is one of them when a path leads back. */
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

/** Whether state may hold a key before the first node of a journey: by a transaction, or where it is an inner journey. */
export function mayBring(
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
  return openers.some((opener) => handsOver(opener, key)) || outerMayBring(realm, journey, key, passed)
}

/** Whether any journey that enters this one may have written a key. */
export function outerMayBring(
  realm: LintedRealm,
  journey: LintedJourney,
  key: string,
  passed = new Set([journey.name]),
): boolean {
  return realm.entrancesOf(journey.name).some((entrance) => {
    const outer = realm.journey(entrance.journey)
    if (outer === undefined) return false
    return (
      journeyMayWrite(realm, outer.name, key, new Set([journey.name])) || mayBring(realm, outer, key, passed)
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

/** What Backchannel Initialize hands over: the subject's name, and whatever its data object holds. */
function handsOver({ config, isImitated }: Starter, key: string): boolean {
  const { idType = 'NONE', dataKey } = config
  return isImitated || Boolean(dataKey) || (key === 'username' && idType !== 'NONE')
}
