import { asText } from '../../../base/as-text.ts'
import { reachableFrom } from '../../../engine/graph.ts'
import { successId } from '../../../engine/journey.ts'
import type { AnyNodeType } from '../../../engine/node-type.ts'
import { pushAuthenticationSender } from '../../../nodes/multi-factor/push-authentication-sender.ts'
import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import { innerJourneys } from '../inner-journeys.ts'
import { type LintedJourney, type LintedNode, liveConnections } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const backchannelSuccessWithoutCredential: Rule = {
  id: 'backchannel-success-without-credential',
  severity: 'warning',
  what: 'A journey that a transaction starts can reach Success without checking a credential.',
  why: 'Anyone who has the link then counts as the verified person.',
  remedy:
    'Make every path to Success pass a node that checks a password, a code or a device. A push notification checks the device only with the push type CHALLENGE, in all Push Sender nodes.',
  check(journey, realm) {
    const { name, document } = journey
    if (!document.transactionalOnly && realm.openersOf(name).length === 0) return []
    const message = 'A transaction can reach Success on a path that checks no credential.'
    if (document.entryNodeId === successId) return [{ message }]
    return unprovenEnds(journey, unprovenJourneys(realm, name)).map((node) => ({
      nodeId: node.id,
      message: `A transaction can reach Success through '${node.name}' on a path that checks no credential.`,
    }))
  },
}

type Unproven = {
  /** Names of journeys that can reach Success without a successful check of a credential. */
  journeys: ReadonlySet<string>
  /** Whether the person may approve a push notification without its number, which proves nothing. */
  hasPlainPush: boolean
}

/** A journey and its inner journeys, filtered. Repeats, because each one found can make another one unproven. */
function unprovenJourneys(realm: LintedRealm, name: string): Unproven {
  const open = [...reachableFrom([name], (each) => innerJourneys(realm, each))]
  const journeys = new Set<string>()
  const unproven = { journeys, hasPlainPush: hasPlainPush(open.map((each) => realm.journey(each))) }
  const isUnproven = (each: string) => {
    const journey = realm.journey(each)
    if (journey === undefined) return false
    return journey.document.entryNodeId === successId || unprovenEnds(journey, unproven).length > 0
  }
  for (let next = open.find(isUnproven); next !== undefined; next = open.find(isUnproven)) {
    journeys.add(next)
    open.splice(open.indexOf(next), 1)
  }
  return unproven
}

/** A sender of another journey that a verifier relies on is not seen, so that journeys without a sender count as plain. */
function hasPlainPush(journeys: readonly (LintedJourney | undefined)[]): boolean {
  const nodes = journeys.flatMap((journey) => journey?.reachable ?? [])
  const senders = [...nodes, ...nodes.flatMap(({ children }) => children)].filter(
    ({ type }) => type === pushAuthenticationSender.type,
  )
  return senders.length === 0 || senders.some(({ config }) => config.pushType !== 'CHALLENGE')
}

/** Nodes that lead to Success on a path without a successful check of a credential. */
function unprovenEnds({ document, nodes, reachable }: LintedJourney, unproven: Unproven): LintedNode[] {
  const next = (id: string) => unprovenTargets(nodes.get(id), unproven)
  const reached = reachableFrom([document.entryNodeId], next)
  return reachable.filter(({ id }) => reached.has(id) && next(id).includes(successId))
}

function unprovenTargets(node: LintedNode | undefined, unproven: Unproven): string[] {
  // Another rule reports nodes of unknown types.
  if (node === undefined || node.nodeType === undefined) return []
  const proves = provingOutcomes(node, unproven)
  return liveConnections(node)
    .filter(([outcome]) => !proves.includes(outcome))
    .map(([, target]) => target)
}

function provingOutcomes(node: LintedNode, unproven: Unproven): readonly string[] {
  const last = node.children.at(-1)
  // Outcomes of newer pages are prefixed with the id of the child.
  if (last !== undefined) {
    return provenBy(last.nodeType, unproven).flatMap((id) => [id, `${last.id}-${id}`])
  }
  const type = node.imitates ?? node.nodeType
  if (type?.type !== innerTreeEvaluator.type) return provenBy(type, unproven)
  return unproven.journeys.has(asText(node.config.tree)) ? [] : ['true']
}

function provenBy(type: AnyNodeType | undefined, { hasPlainPush }: Unproven): string[] {
  return Object.entries(type?.proves ?? {})
    .filter(([, method]) => method !== 'push' || !hasPlainPush)
    .map(([outcome]) => outcome)
}
