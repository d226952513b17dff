import { isDeepStrictEqual } from 'node:util'
import { notFound, RequestError } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import type { ConfigurationChange, SaveContext } from '../configuration-store.ts'
import { unchangedJourneysWithChangedNodes } from '../exchange/apply.ts'
import { type ExchangeStores, type RealmContent, readRealm } from '../exchange/realm-content.ts'
import { typesWith } from '../revisions.ts'
import { checkDraft } from './check-draft.ts'
import type { Draft } from './read-draft.ts'
import { idsOf, otherOwners, revisionOfWhole, type WholeJourney, wholeJourney } from './whole-journey.ts'

/** The expected state before a save: no journey, any state, or one of the revisions that the editor loaded. */
export type Expected =
  | { kind: 'absent' }
  | { kind: 'any' }
  | { kind: 'revision'; revisions: readonly string[] }

/** Maximum attempts after concurrent changes of the configuration. */
const attempts = 20

export const nothing: ConfigurationChange = {
  journeys: [],
  nodes: [],
  scripts: [],
  customNodeTypes: [],
  documents: [],
}

/**
 * Saves a journey with its nodes and those on its pages as one unit. Deletes nodes that it no longer has, unless another
 * journey has them.
 *
 * @returns whether it is new.
 * @throws RequestError 400 for an invalid draft, 404 and 412 for an unexpected state, 409 for a new node whose id
 * belongs to another journey.
 */
export function saveWholeJourney(
  stores: ExchangeStores,
  realm: string,
  draft: Draft,
  expected: Expected,
  mark: SaveMark,
): Promise<boolean> {
  return repeat(async () => {
    const content = await readRealm(stores, realm)
    const stored = wholeJourney(draft.journey._id, content)
    await checkExpected(stores, realm, stored, expected)
    const { change, around } = changeOf(draft, stored, content)
    const saved = await write(stores, realm, content, change, { ...around, mark })
    return saved && { isNew: stored === undefined }
  }).then(({ isNew }) => isNew)
}

/**
 * What a save of the whole journey writes.
 * @throws RequestError 400 for an invalid draft, 409 for a new node whose id belongs to another journey.
 */
export function changeOf(
  draft: Draft,
  stored: WholeJourney | undefined,
  content: RealmContent,
): { change: ConfigurationChange; around: SaveContext } {
  const nodes = draft.isCopy
    ? [...draft.nodes.values()]
    : checkDraft(
        draft,
        content,
        stored === undefined ? new Set() : idsOf(stored),
        typesWith(content.customNodeTypes),
      )
  const present = new Map(content.nodes.map((node) => [node.id, node]))
  const isSameGraph = isDeepStrictEqual(stored?.journey, draft.journey)
  const change = {
    ...nothing,
    journeys: isSameGraph ? [] : [draft.journey],
    nodes: nodes.filter((node) => !isDeepStrictEqual(present.get(node.id), node)),
  }
  const others = unchangedJourneysWithChangedNodes({ ...change, journeys: [draft.journey] }, content)
  const around = {
    alsoSaved: isSameGraph ? [draft.journey._id, ...others] : others,
    removed: { nodes: nodesLeft(draft, stored, content) },
  }
  return { change, around }
}

/**
 * Deletes a journey, and its nodes that no other journey has.
 * @returns the deleted journey.
 * @throws RequestError 404, and 412 for an unexpected revision. Also throws errors of `check`.
 */
export function removeWholeJourney(
  stores: ExchangeStores,
  realm: string,
  name: string,
  expected: Expected,
  mark: SaveMark,
  check: (content: RealmContent) => void,
): Promise<{ whole: WholeJourney; content: RealmContent }> {
  return repeat(async () => {
    const content = await readRealm(stores, realm)
    const whole = wholeJourney(name, content)
    if (whole === undefined) throw notFound(`There is no journey ${name}`)
    await checkExpected(stores, realm, whole, expected)
    check(content)
    const others = otherOwners(name, content)
    const nodes = [...whole.nodes.keys()].filter((id) => !others.has(id))
    const removed = { journeys: [name], nodes }
    return (await write(stores, realm, content, nothing, { mark, removed })) && { whole, content }
  })
}

/** Repeats until no concurrent change precedes the write. Each attempt reads and checks everything again. */
export async function repeat<Done>(attempt: () => Promise<Done | false>): Promise<Done> {
  for (let count = 0; count < attempts; count++) {
    const done = await attempt()
    if (done !== false) return done
  }
  throw new RequestError(409, 'Other requests keep changing the configuration. Nothing was saved.')
}

export async function write(
  stores: ExchangeStores,
  realm: string,
  { version }: RealmContent,
  change: ConfigurationChange,
  around: SaveContext,
): Promise<boolean> {
  return (await stores.configuration.saveAll(realm, change, version, around)) === 'saved'
}

async function checkExpected(
  { configuration }: ExchangeStores,
  realm: string,
  stored: WholeJourney | undefined,
  expected: Expected,
): Promise<void> {
  if (expected.kind === 'absent' && stored === undefined) return
  if (stored === undefined) throw notFound()
  const _rev = revisionOfWhole(stored)
  if (expected.kind === 'any') return
  if (expected.kind === 'revision' && expected.revisions.includes(_rev)) return
  const saves = await configuration.saves(realm)
  const save = saves.find(({ journey }) => journey === stored.journey._id)
  const { at = null, by } = save ?? {}
  const detail = { savedAt: at, savedBy: by?.name ?? null, savedById: by?.id ?? null, _rev }
  throw new RequestError(412, undefined, detail)
}

/**
 * The nodes that a save of the draft deletes.
 * @throws RequestError 409 for a new node whose id belongs to another journey.
 */
export function nodesLeft(
  draft: WholeJourney,
  stored: WholeJourney | undefined,
  content: RealmContent,
): string[] {
  const others = otherOwners(draft.journey._id, content)
  const before = stored === undefined ? new Set<string>() : idsOf(stored)
  const after = idsOf(draft)
  for (const nodeId of after) {
    const journeys = others.get(nodeId)
    if (journeys === undefined || before.has(nodeId)) continue
    const message = `Node id ${nodeId} belongs to journey ${journeys.join(', ')}`
    throw new RequestError(409, message, { nodeId, journeys: [...journeys] })
  }
  return [...(stored?.nodes.keys() ?? [])].filter((id) => !after.has(id) && !others.has(id))
}
