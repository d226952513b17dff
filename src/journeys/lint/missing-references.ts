import { brokenReferences } from '../exchange/needs.ts'
import type { Reference } from '../exchange/references.ts'
import { type LintedJourney, type LintedNode, membersOf } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** References of a journey's nodes to things that don't exist in the realm. */
export function missingReferences(
  journey: LintedJourney,
  kind: Reference['kind'],
  realm: LintedRealm,
): { node: LintedNode; id: string }[] {
  return membersOf(journey).flatMap((node) =>
    brokenReferences({ type: node.type, settings: node }, realm.has)
      .filter((reference) => reference.kind === kind)
      .map(({ id }) => ({ node, id })),
  )
}
