import { notFound, RequestError } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import { type DraftProblem, draftProblemsOf } from '../edit/check-draft.ts'
import type { Draft } from '../edit/read-draft.ts'
import { changeOf, repeat, write } from '../edit/save-journey.ts'
import { mergedContent, readConsistentRealm, readRealm } from '../exchange/realm-content.ts'
import type { VersionComparison } from '../history/compare-versions.ts'
import type { JourneyDraft } from './draft-store.ts'
import { withPublishedSecrets } from './published-secrets.ts'
import { type DraftStores, isBehind, publishedVersion } from './published-version.ts'
import { changed } from './save-draft.ts'

/**
 * Makes a draft the published journey, as one version. Journeys in progress keep their frozen revisions.
 *
 * @throws RequestError 400 for an unfinished draft, 404 without a draft, 409 for a node whose id belongs to another journey, and
 * 412 if the draft has another revision or the published journey changed since the draft was begun.
 */
export async function publishDraft(
  stores: DraftStores,
  realm: string,
  name: string,
  revision: string,
  mark: SaveMark,
): Promise<void> {
  await repeat<true>(async () => {
    const content = await readRealm(stores, realm)
    const published = await publishedVersion(stores, realm, name, content)
    const draft = await stores.drafts.find(realm, name)
    if (draft?.revision !== revision) throw changed(draft, published)
    if (isBehind(draft, published)) throw behind()
    const { change, around } = changeOf(sentDraft(draft), published?.whole, content)
    const unit = { ...around, mark, published: { journey: name, revision } }
    return write(stores, realm, content, change, unit)
  })
}

export type PublishPreview = VersionComparison & {
  /** The reasons why the draft can't be published yet. */
  problems: DraftProblem[]
  isBehind: boolean
}

/** What publishing a draft would change, in words. @throws RequestError 404 without a draft. */
export async function previewPublish(
  stores: DraftStores,
  realm: string,
  name: string,
): Promise<PublishPreview> {
  const content = await readConsistentRealm(stores, realm)
  const published = await publishedVersion(stores, realm, name, content)
  const draft = await stores.drafts.find(realm, name)
  if (draft === undefined) throw notFound(`Journey ${name} has no draft`)
  const { journey, nodes } = withPublishedSecrets(draft, published?.whole)
  const drafted = { ...content, journeys: [journey], nodes: [...nodes.values()] }
  const { compareThing } = await import('../history/compare-versions.ts')
  return {
    ...compareThing({ realm, kind: 'journey', id: name }, content, mergedContent(drafted, content)),
    problems: draftProblemsOf(() => changeOf(sentDraft(draft), published?.whole, content)),
    isBehind: isBehind(draft, published),
  }
}

/** A stored draft as an editor would send it. */
function sentDraft({ journey, nodes }: JourneyDraft): Draft {
  const ids = [...nodes.keys()]
  const isOuter = (id: string) => Object.hasOwn(journey.nodes, id)
  return {
    journey,
    nodes,
    sent: { nodes: ids.filter(isOuter), innerNodes: ids.filter((id) => !isOuter(id)) },
  }
}

function behind(): RequestError {
  return new RequestError(412, 'The published journey has changed since the draft was begun', {
    isBehind: true,
  })
}
