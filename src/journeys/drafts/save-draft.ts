import { notFound, RequestError } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import { withKeptSecrets } from '../edit/check-draft.ts'
import type { Draft } from '../edit/read-draft.ts'
import { nodesLeft, repeat } from '../edit/save-journey.ts'
import { revisionOfWhole } from '../edit/whole-journey.ts'
import { readRealm } from '../exchange/realm-content.ts'
import type { JourneyDraft } from './draft-store.ts'
import { type DraftStores, type Published, publishedVersion } from './published-version.ts'

/** What an editor expects before it saves a draft. */
export type DraftExpectation = {
  /** The revision of the draft that it read; undefined: the journey has no draft. */
  draft: string | undefined
  /**
   * The revision of the published journey that the changes include; null: it was never published. Undefined keeps the base of
   * the draft.
   */
  base: string | null | undefined
}

/**
 * Saves a draft, finished or not. Secrets that it doesn't replace stay those of the draft or the published journey.
 *
 * @throws RequestError 400 for a new draft without a base and for a secret of the draft whose place changed, 404 for a deleted journey, 409 for a node whose id belongs to another
 * journey, and 412 if the draft or the published journey has changed.
 */
export async function saveDraft(
  stores: DraftStores,
  realm: string,
  sent: Draft,
  expected: DraftExpectation,
  saved: SaveMark & { revision: string },
): Promise<void> {
  const name = sent.journey._id
  await repeat<true>(async () => {
    const content = await readRealm(stores, realm)
    const [existing, published] = await Promise.all([
      stores.drafts.find(realm, name),
      publishedVersion(stores, realm, name, content),
    ])
    if (existing?.revision !== expected.draft) throw changed(existing, published)
    const base = baseOf(existing, published, expected.base)
    // rule S28: otherwise a draft takes the secret of a node of another journey
    nodesLeft(sent, published?.whole, content)
    const nodes = withKeptSecrets(sent, existing?.nodes.values() ?? [])
    const draft: JourneyDraft = {
      journey: sent.journey,
      nodes: new Map(nodes.map((node) => [node.id, node])),
      base,
      revision: saved.revision,
      at: saved.at,
      by: saved.by,
    }
    return stores.drafts.save(realm, draft, expected.draft)
  })
}

function baseOf(
  existing: JourneyDraft | undefined,
  published: Published | undefined,
  expected: string | null | undefined,
): number | undefined {
  if (expected === undefined) {
    if (existing === undefined) throw new RequestError(400, 'base: a new draft must say what it is based on')
    return existing.base
  }
  if (expected !== null && published === undefined) throw notFound()
  const revision = published === undefined ? null : revisionOfWhole(published.whole)
  if (revision !== expected) throw changed(existing, published)
  return published?.version
}

/** @returns 404 if there is nothing left to save to. */
export function changed(existing: JourneyDraft | undefined, published: Published | undefined): RequestError {
  if (existing === undefined && published === undefined) return notFound()
  return new RequestError(412)
}
