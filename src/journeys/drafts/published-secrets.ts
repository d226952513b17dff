import { leaveOutMoved } from '../../secrets/moved-secret.ts'
import type { WholeJourney } from '../edit/whole-journey.ts'
import { withSecretsOf } from '../sealed-configuration.ts'
import type { JourneyDraft } from './draft-store.ts'

/**
 * A draft with the secrets of the published journey, of which it stores only those that it replaces. A node that would send a
 * published secret elsewhere lacks it, so that nobody tries it out there; publishing is refused.
 */
export function withPublishedSecrets(draft: JourneyDraft, published: WholeJourney | undefined): JourneyDraft {
  const stored = [...(published?.nodes.values() ?? [])]
  const nodes = withSecretsOf([...draft.nodes.values()], stored, leaveOutMoved)
  return { ...draft, nodes: new Map(nodes.map((node) => [node.id, node])) }
}
