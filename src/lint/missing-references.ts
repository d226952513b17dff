import { type Reference, referencesOf } from '../exchange/references.ts'
import { type LintedJourney, type LintedNode, membersOf } from './linted-journey.ts'

/** What the nodes of a journey ask for and the realm does not have. */
export function missingReferences(
  journey: LintedJourney,
  kind: Reference['kind'],
  isThere: (id: string) => boolean,
): { node: LintedNode; id: string }[] {
  return membersOf(journey).flatMap((node) =>
    referencesOf({ type: node.type, settings: node })
      .filter((reference) => reference.kind === kind && !isThere(reference.id))
      .map(({ id }) => ({ node, id })),
  )
}
