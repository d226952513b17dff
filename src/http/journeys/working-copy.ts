import { defined } from '../../base/defined.ts'
import { notFound } from '../../base/errors.ts'
import { type Json, type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import type { JourneyDraft } from '../../journeys/drafts/draft-store.ts'
import { withPublishedSecrets } from '../../journeys/drafts/published-secrets.ts'
import {
  type DraftStores,
  isBehind,
  type Published,
  publishedVersion,
} from '../../journeys/drafts/published-version.ts'
import { toJourneyDocument } from '../../journeys/edit/show-journey.ts'
import { type WholeJourney, wholeJourney } from '../../journeys/edit/whole-journey.ts'
import { type RealmContent, readConsistentRealm } from '../../journeys/exchange/realm-content.ts'
import { contentAt } from '../../journeys/history/content-at.ts'
import type { Lint } from '../../journeys/lint/linter.ts'
import { type Call, param } from '../route.ts'

/** What an editor opens, without secrets. */
type WorkingCopy = {
  _id: string
  draft: JsonObject | null
  published: JsonObject | null
  base: JsonObject | null
}

type Sources = DraftStores & { lint: Lint }

/** The draft and the published journey of a call. @throws RequestError 404 if there is neither. */
export async function workingCopy(from: Sources, call: Call): Promise<{ body: WorkingCopy }> {
  const { path } = call.realm
  const name = param(call, 'name')
  const content = await readConsistentRealm(from, path)
  const published = await publishedVersion(from, path, name, content)
  const draft = await from.drafts.find(path, name)
  if (draft === undefined && published === undefined) throw notFound(`There is no journey ${name}`)
  const body = {
    _id: name,
    draft: draft === undefined ? null : await draftResource(from, call, draft, published, content),
    published: published === undefined ? null : await publishedResource(from, call, published.whole, content),
    base: draft === undefined ? null : await baseResource(from, call, draft, published),
  }
  return { body }
}

async function draftResource(
  { lint }: Sources,
  { realm }: Call,
  draft: JourneyDraft,
  published: Published | undefined,
  content: RealmContent,
): Promise<JsonObject> {
  const whole = withPublishedSecrets(draft, published?.whole)
  const drafted = { ...content, nodes: [...content.nodes, ...whole.nodes.values()] }
  const { journey, revision, at, by } = draft
  const { tree, nodes, innerNodes, savedAt, savedBy, savedById, _findings } = toJourneyDocument(
    whole,
    drafted,
    {
      isDefault: false,
      save: { journey: journey._id, count: 0, at, by },
      findings: await lint.draft(realm.path, journey, [...whole.nodes.values()]),
    },
  )
  const parts = { tree, nodes, innerNodes, savedAt, savedBy, savedById, _findings }
  return { _id: journey._id, _rev: revision, isBehind: isBehind(draft, published), ...present(parts) }
}

async function publishedResource(
  { configuration, lint }: Sources,
  { realm }: Call,
  whole: WholeJourney,
  content: RealmContent,
): Promise<JsonObject> {
  const { _id } = whole.journey
  return toJourneyDocument(whole, content, {
    isDefault: realm.settings.defaultJourney === _id,
    save: (await configuration.saves(realm.path)).find(({ journey }) => journey === _id),
    findings: (await lint(realm.path, [_id])) ?? [],
  })
}

/** The common ancestor of the draft and the published journey, from which an editor merges them. */
async function baseResource(
  { versions }: Sources,
  { realm }: Call,
  draft: JourneyDraft,
  published: Published | undefined,
): Promise<JsonObject | null> {
  if (!isBehind(draft, published) || draft.base === undefined) return null
  const { journey } = draft
  const then = await contentAt(versions, { realm: realm.path, kind: 'journey', id: journey._id }, draft.base)
  const whole = wholeJourney(journey._id, then)
  if (whole === undefined) return null
  const { tree, nodes, innerNodes } = toJourneyDocument(whole, then, {
    isDefault: false,
    save: undefined,
    findings: [],
  })
  return present({ tree, nodes, innerNodes })
}

function present(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return jsonObjectSchema.parse(defined(members))
}
