import type { WholeJourney } from '../edit/whole-journey.ts'
import { withSecretsOf } from '../sealed-configuration.ts'
import type { JourneyDraft } from './draft-store.ts'

/** A draft with the secrets of the published journey, of which it stores only those that it replaces. */
export function withPublishedSecrets(draft: JourneyDraft, published: WholeJourney | undefined): JourneyDraft {
  const nodes = withSecretsOf([...draft.nodes.values()], [...(published?.nodes.values() ?? [])])
  return { ...draft, nodes: new Map(nodes.map((node) => [node.id, node])) }
}
