import type { AnswerOf } from '../../../contract/endpoint.ts'
import * as endpoints from '../../../contract/journey-drafts.ts'
import { defined } from '../../base/defined.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import type { JourneyDraft } from '../../journeys/drafts/draft-store.ts'
import { previewPublish, publishDraft } from '../../journeys/drafts/publish-draft.ts'
import { type DraftStores, isBehind, publishedVersion } from '../../journeys/drafts/published-version.ts'
import { changed, saveDraft } from '../../journeys/drafts/save-draft.ts'
import { journeyRow } from '../../journeys/edit/journey-row.ts'
import { readDraft } from '../../journeys/edit/read-draft.ts'
import { readConsistentRealm } from '../../journeys/exchange/realm-content.ts'
import { maxFileBytes } from '../../journeys/exchange/safe-json.ts'
import type { Lint } from '../../journeys/lint/linter.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { checkedId, expectedRevisions, isCreateOnly } from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, param, type Route } from '../route.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'
import { workingCopy } from './working-copy.ts'

export type DraftDependencies = DraftStores & MarkSources & { lint: Lint; newId(): string }

/** Drafts: working copies of journeys, which sign-ins use only after they were published. Not in AM. */
export function draftRoutes(from: DraftDependencies): Route[] {
  // rule S28: otherwise people who may not change journeys publish a draft
  const common = { access: 'journeys', resource: { kind: 'draft' } } as const
  return [
    {
      ...common,
      ...endpoints.listDrafts,
      summary: 'Lists the drafts of the realm, including those of journeys that were never published.',
      handle: (call) => list(from, call),
    },
    {
      ...common,
      ...endpoints.readDraft,
      summary: 'Reads the draft of a journey, and the published journey; null for one that does not exist.',
      handle: (call) => workingCopy(from, call),
    },
    {
      ...common,
      ...endpoints.saveDraft,
      summary:
        'Saves a draft, which may be unfinished; `If-Match` has the revision it was made from, or `If-None-Match: *` begins one.',
      bodyLimitBytes: maxFileBytes,
      handle: (call) => put(from, call),
    },
    {
      ...common,
      ...endpoints.discardDraft,
      summary: 'Discards a draft; the published journey stays. `If-Match` has its revision.',
      handle: (call) => discard(from, call),
    },
    {
      ...common,
      ...endpoints.publishDraft,
      summary:
        'Publishes a draft (`publish`): validates it, saves the journey as one version, and removes the draft. `If-Match` has its revision.',
      handle: byAction({ publish: (call) => publish(from, call) }),
    },
    {
      ...common,
      ...endpoints.compareDraft,
      summary: 'Answers what publishing a draft would change, in words, and why it can’t be published yet.',
      async handle(call) {
        const body: AnswerOf<typeof endpoints.compareDraft> = await previewPublish(
          from,
          call.realm.path,
          param(call, 'name'),
        )
        return { body }
      },
    },
  ]
}

async function list(from: DraftDependencies, { realm }: Call): Promise<Answer> {
  const content = await readConsistentRealm(from, realm.path)
  const typeNamed = typesWith(content.customNodeTypes)
  const stored = new Map(content.nodes.map((node) => [node.id, node]))
  const row = async (draft: JourneyDraft) => {
    const { journey, nodes, revision, at, by } = draft
    const name = journey._id
    const published = await publishedVersion(from, realm.path, name, content)
    const shown = journeyRow(
      journey,
      { content, nodes: new Map([...stored, ...nodes]), typeNamed },
      {
        isDefault: realm.settings.defaultJourney === name,
        save: { journey: name, count: 0, at, by },
        findings: await from.lint.draft(realm.path, journey, [...nodes.values()]),
      },
    )
    return {
      ...shown,
      _rev: revision,
      isBehind: isBehind(draft, published),
      isPublished: published !== undefined,
    }
  }
  const result = await Promise.all((await from.drafts.all(realm.path)).map(row))
  return { body: { result } }
}

async function put(from: DraftDependencies, call: Call): Promise<Answer> {
  const { base, ...parts } = bodyObject(call)
  if (base !== undefined && base !== null && typeof base !== 'string') {
    throw new RequestError(400, 'base: must be a text or null')
  }
  const sent = readDraft(checkedId(param(call, 'name')), parts)
  const expected = { draft: isCreateOnly(call) ? undefined : revisionOf(call), base }
  const mark = await saveMarkOf(call, from)
  await saveDraft(from, call.realm.path, sent, expected, { ...mark, revision: from.newId() })
  const answer = await workingCopy(from, call)
  return { ...answer, ...defined({ status: isCreateOnly(call) ? 201 : undefined }) }
}

async function discard(from: DraftDependencies, call: Call): Promise<Answer> {
  const name = param(call, 'name')
  const revision = revisionOf(call)
  const answer = await workingCopy(from, call)
  if (!(await from.drafts.remove(call.realm.path, name, revision))) {
    const content = await readConsistentRealm(from, call.realm.path)
    const published = await publishedVersion(from, call.realm.path, name, content)
    throw changed(await from.drafts.find(call.realm.path, name), published)
  }
  return answer
}

async function publish(from: DraftDependencies, call: Call): Promise<Answer> {
  const name = param(call, 'name')
  const mark = await saveMarkOf(call, from)
  await publishDraft(from, call.realm.path, name, revisionOf(call), mark)
  const { body } = await workingCopy(from, call)
  // The journey may have been removed since it was published.
  if (body.published === null) throw notFound()
  return { body: body.published, headers: { etag: `"${String(body.published._rev)}"` } }
}

/** @throws RequestError 428 without a revision, so that clients don't overwrite changes they haven't read. */
function revisionOf(call: Call): string {
  const [revision] = expectedRevisions(call) ?? []
  if (revision === undefined) throw new RequestError(428, 'If-Match or If-None-Match is required')
  return revision
}
