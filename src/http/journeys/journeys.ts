import {
  copyJourney as copyEndpoint,
  listJourneys,
  listUsages,
  readJourney,
  removeJourney,
  saveJourney,
} from '../../../contract/journeys.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import { jsonSchema } from '../../base/json.ts'
import { collection } from '../../crest/collection.ts'
import { copyJourney } from '../../journeys/edit/copy-journey.ts'
import { journeyRow } from '../../journeys/edit/journey-row.ts'
import { readDraft } from '../../journeys/edit/read-draft.ts'
import { type Expected, removeWholeJourney, saveWholeJourney } from '../../journeys/edit/save-journey.ts'
import { toJourneyDocument } from '../../journeys/edit/show-journey.ts'
import { preventsDeletion, usagesOf } from '../../journeys/edit/usages.ts'
import { type WholeJourney, wholeJourney } from '../../journeys/edit/whole-journey.ts'
import {
  type ExchangeStores,
  type RealmContent,
  readConsistentRealm,
} from '../../journeys/exchange/realm-content.ts'
import { maxFileBytes } from '../../journeys/exchange/safe-json.ts'
import type { Lint } from '../../journeys/lint/linter.ts'
import { typesWith } from '../../journeys/revisions.ts'
import {
  checkedId,
  expectedRevisions,
  invalidAttribute,
  isCreateOnly,
  realmUrl,
} from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, type Handle, param, type Route } from '../route.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

type JourneyDependencies = ExchangeStores & MarkSources & { lint: Lint; newId(): string }

/** Journeys as documents, each saved with all of its nodes. Not in AM; `docs/console-wire.md` describes the bodies. */
export function journeyRoutes(from: JourneyDependencies): Route[] {
  const on =
    (handle: (from: JourneyDependencies, call: Call) => Promise<Answer>): Handle =>
    (call) =>
      handle(from, call)
  const common = { access: 'journeys', resource: { kind: 'journey' } } as const
  return [
    {
      ...common,
      ...listJourneys,
      summary: 'Lists the journeys of the realm, each with its last save, its findings and a small picture.',
      handle: on(list),
    },
    {
      ...common,
      ...readJourney,
      summary: 'Reads a journey with all of its nodes as one document.',
      handle: on(read),
    },
    {
      ...common,
      ...saveJourney,
      summary:
        'Saves a journey with all of its nodes, all or nothing; `If-Match` has the revision it was made from.',
      bodyLimitBytes: maxFileBytes,
      handle: on(put),
    },
    {
      ...common,
      ...copyEndpoint,
      summary: 'Copies a journey under another name (`duplicate`).',
      handle: byAction({ duplicate: on(copy) }),
    },
    {
      ...common,
      ...removeJourney,
      summary: 'Removes a journey with its nodes; a journey in use only with `force=true`.',
      handle: on(remove),
    },
    {
      ...common,
      ...listUsages,
      summary: 'Lists the journeys and settings that use a journey.',
      handle: on(usages),
    },
  ]
}

async function list(from: JourneyDependencies, { realm, query }: Call): Promise<Answer> {
  const content = await readConsistentRealm(from, realm.path)
  const findings = Map.groupBy((await from.lint(realm.path)) ?? [], ({ journey }) => journey)
  const saves = new Map((await from.configuration.saves(realm.path)).map((save) => [save.journey, save]))
  const gallery = {
    content,
    nodes: new Map(content.nodes.map((node) => [node.id, node])),
    typeNamed: typesWith(content.customNodeTypes),
  }
  const rows = content.journeys.map((journey) =>
    journeyRow(journey, gallery, {
      isDefault: realm.settings.defaultJourney === journey._id,
      save: saves.get(journey._id),
      findings: findings.get(journey._id) ?? [],
    }),
  )
  return { body: collection(rows, query) }
}

async function read(from: JourneyDependencies, call: Call): Promise<Answer> {
  const { content, whole } = await findOr404(from, call)
  return document(from, call, whole, content)
}

async function put(from: JourneyDependencies, call: Call): Promise<Answer> {
  const draft = readDraft(checkedId(param(call, 'name')), bodyObject(call))
  return saveAs(from, call, draft, expectedBy(call))
}

async function saveAs(
  from: JourneyDependencies,
  call: Call,
  draft: ReturnType<typeof readDraft>,
  expected: Expected,
): Promise<Answer> {
  const mark = await saveMarkOf(call, from)
  const isNew = await saveWholeJourney(from, call.realm.path, draft, expected, mark)
  const content = await readConsistentRealm(from, call.realm.path)
  const name = draft.journey._id
  // The journey may have been removed since it was saved.
  const whole = wholeJourney(name, content) ?? draft
  const answer = await document(from, call, whole, content)
  if (!isNew) return answer
  const location = `${call.baseUrl}/json${realmUrl(call.realm.path)}/journeys/${encodeURIComponent(name)}`
  return { ...answer, status: 201, headers: { ...answer.headers, location } }
}

async function copy(from: JourneyDependencies, call: Call): Promise<Answer> {
  const { name } = bodyObject(call)
  if (typeof name !== 'string') throw invalidAttribute('name', { name: 'must be a text' })
  const { whole } = await findOr404(from, call)
  const draft = copyJourney(whole, checkedId(name), from.newId)
  return saveAs(from, call, draft, { kind: 'absent' }).catch((error: unknown) => {
    if (!(error instanceof RequestError) || error.status !== 412) throw error
    throw new RequestError(409, `There is a journey ${name} already`)
  })
}

async function remove(from: JourneyDependencies, call: Call): Promise<Answer> {
  const name = param(call, 'name')
  const { realm } = call
  const expected: Expected = isConditional(call) ? expectedBy(call) : { kind: 'any' }
  const mark = await saveMarkOf(call, from)
  const { whole, content } = await removeWholeJourney(from, realm.path, name, expected, mark, (content) => {
    if (call.query.get('force') === 'true') return
    const blocking = usagesIn(call, content).filter(preventsDeletion)
    if (blocking.length === 0) return
    throw new RequestError(409, `Journey ${name} is in use`, { usages: blocking })
  })
  return { body: toJourneyDocument(whole, content, { isDefault: false, save: undefined, findings: [] }) }
}

async function usages(from: JourneyDependencies, call: Call): Promise<Answer> {
  const { content } = await findOr404(from, call)
  return { body: { result: usagesIn(call, content) } }
}

function usagesIn(call: Call, content: RealmContent) {
  return usagesOf(param(call, 'name'), content, jsonSchema.parse(call.realm.settings))
}

async function findOr404(from: JourneyDependencies, call: Call) {
  const content = await readConsistentRealm(from, call.realm.path)
  const name = param(call, 'name')
  const whole = wholeJourney(name, content)
  if (whole === undefined) throw notFound(`There is no journey ${name}`)
  return { content, whole }
}

async function document(
  from: JourneyDependencies,
  { realm }: Call,
  whole: WholeJourney,
  content: RealmContent,
): Promise<Answer> {
  const { _id } = whole.journey
  const body = toJourneyDocument(whole, content, {
    isDefault: realm.settings.defaultJourney === _id,
    save: (await from.configuration.saves(realm.path)).find(({ journey }) => journey === _id),
    findings: (await from.lint(realm.path, [_id])) ?? [],
  })
  return { body, headers: { etag: `"${body._rev}"` } }
}

function isConditional({ headers }: Call): boolean {
  return headers['if-match'] !== undefined
}

/** @throws RequestError 428 without a precondition, so that clients don't overwrite changes they haven't read. */
function expectedBy(call: Call): Expected {
  if (isCreateOnly(call)) return { kind: 'absent' }
  const revisions = expectedRevisions(call)
  if (revisions === undefined) throw new RequestError(428, 'If-Match or If-None-Match is required')
  return revisions.includes('*') ? { kind: 'any' } : { kind: 'revision', revisions }
}
