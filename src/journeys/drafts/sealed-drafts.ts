import type { Sealer } from '../../secrets/seal.ts'
import { sealedNode } from '../sealed-configuration.ts'
import type { DraftStore, JourneyDraft } from './draft-store.ts'

/** Seals the secret settings of every saved draft. Reads return them sealed. */
export function sealedDrafts(store: DraftStore, sealer: Sealer): DraftStore {
  return {
    ...store,
    save: (realm, draft, expected) => store.save(realm, sealedDraft(draft, sealer), expected),
  }
}

function sealedDraft(draft: JourneyDraft, sealer: Sealer): JourneyDraft {
  // rule S28: otherwise secrets of drafts are stored in plain text
  const nodes = [...draft.nodes].map(([id, node]) => [id, sealedNode(node, sealer)] as const)
  return { ...draft, nodes: new Map(nodes) }
}
