import type { AnswerOf, ItemOf } from '../../contract/endpoint.ts'
import {
  compareVersion as compareEndpoint,
  listChanges as listChangesEndpoint,
  listVersions as listEndpoint,
  readVersion as readEndpoint,
  restoreVersion as restoreEndpoint,
  undoImport as undoEndpoint,
} from '../../contract/versions.ts'
import { callAction, callEndpoint } from './endpoint.ts'
import type { JourneyParts, NodeSettings } from './journey-document.ts'

/** A version without its content. `savedAt` is epoch milliseconds. */
export type Version = ItemOf<typeof listEndpoint>
export type VersionPage = AnswerOf<typeof listEndpoint>
/** A journey by its name, a custom node type by its service name, another thing by its id. */
export type VersionedThing = Pick<Version, 'kind' | 'id'>
export type Comparison = AnswerOf<typeof compareEndpoint>
/** A difference in words, with the changed lines of a long text. */
export type Difference = Comparison['differences'][number]
export type ChangedLines = NonNullable<Difference['lines']>
/** The result of a restore, or what it would change. */
export type Restored = AnswerOf<(typeof restoreEndpoint)['actions']['restore']>
/** The result of undoing an import, or what it would do. */
export type Undone = AnswerOf<(typeof undoEndpoint)['actions']['undo']>

/** Newest first. @param before only versions with a lower number. */
export function listVersions(
  realm: string,
  { kind, id }: VersionedThing,
  query: { before?: number | undefined; limit?: number },
  signal?: AbortSignal,
): Promise<VersionPage> {
  return callEndpoint(listEndpoint, { realm, kind, id, query, signal })
}

export type ChangesFilter = {
  deleted?: 'true' | undefined
  /** In the name or the note. */
  text?: string | undefined
  kind?: Version['kind'] | undefined
  person?: string | undefined
}

/** Changes of a realm and of custom node types, newest first. */
export function listChanges(
  realm: string,
  query: ChangesFilter & { before?: number | undefined },
  signal?: AbortSignal,
): Promise<VersionPage> {
  return callEndpoint(listChangesEndpoint, { realm, query, signal })
}

/** @param to the number of the later version; undefined compares with the present state. */
export function compareVersion(
  realm: string,
  { kind, id, number }: VersionedThing & { number: number },
  to: number | undefined,
  signal?: AbortSignal,
): Promise<Comparison> {
  return callEndpoint(compareEndpoint, { realm, kind, id, number: String(number), query: { to }, signal })
}

/** A journey as it was at a version, without secrets. @throws ApiError 404. */
export async function readJourneyVersion(
  realm: string,
  name: string,
  number: number,
  signal?: AbortSignal,
): Promise<JourneyParts> {
  const call = { realm, kind: 'journey', id: name, number: String(number), signal }
  const { content } = await callEndpoint(readEndpoint, call)
  return journeyParts(name, content)
}

type Content = AnswerOf<typeof readEndpoint>['content']

/** The server stores all nodes together. Those on pages are not in the journey's own list. */
function journeyParts(name: string, content: Content): JourneyParts {
  // The content is a stored journey, in the shape of the vendor's exports.
  const tree = { nodes: {}, ...content?.document, _id: name } as JourneyParts['tree']
  const all = Object.entries(content?.nodes ?? {}) as [string, NodeSettings][]
  return {
    tree,
    nodes: Object.fromEntries(all.filter(([id]) => Object.hasOwn(tree.nodes, id))),
    innerNodes: Object.fromEntries(all.filter(([id]) => !Object.hasOwn(tree.nodes, id))),
  }
}

type RestoreOptions = { withNeeds: boolean; signal?: AbortSignal }

/**
 * Finds out what a restore would change.
 * @throws ApiError 409 whose `detail.isMissing` is true if the version needs deleted things.
 */
export function planRestore(
  realm: string,
  { kind, id, number }: VersionedThing & { number: number },
  { withNeeds, signal }: RestoreOptions,
): Promise<Restored> {
  const call = { realm, kind, id, number: String(number), signal }
  return callAction(restoreEndpoint, 'restore', {
    ...call,
    query: { dryRun: 'true' },
    body: { withNeeds },
  })
}

/** Restores a version as a new one. @throws ApiError as {@link planRestore}. */
export function restoreVersion(
  realm: string,
  { kind, id, number }: VersionedThing & { number: number },
  { note, withNeeds }: RestoreOptions & { note: string },
): Promise<Restored> {
  const call = { realm, kind, id, number: String(number) }
  return callAction(restoreEndpoint, 'restore', { ...call, body: { note: note.trim(), withNeeds } })
}

/** Finds out what undoing an import would do. @param number of the versions that it made. */
export function planUndo(realm: string, number: number, signal: AbortSignal): Promise<Undone> {
  const call = { realm, number: String(number), query: { dryRun: 'true' } as const, signal }
  return callAction(undoEndpoint, 'undo', { ...call, body: {} })
}

export function undoImport(realm: string, number: number, note: string): Promise<Undone> {
  return callAction(undoEndpoint, 'undo', { realm, number: String(number), body: { note: note.trim() } })
}
