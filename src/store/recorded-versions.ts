import type { SaveMark } from '../base/save-mark.ts'
import { contentHash } from '../journeys/history/content-hash.ts'
import {
  everyRealm,
  realmSettingsId,
  type StoredKind,
  versionKinds,
} from '../journeys/history/version-store.ts'
import type { JourneyDocument, NodeDocument } from '../journeys/journey-document.ts'
import type { CustomNodeType } from '../nodes/custom-node-type.ts'
import type { RealmDocument } from '../realms/document-store.ts'
import type { Realm } from '../realms/realm.ts'
import type { Script } from '../scripts/script.ts'
import type { Statement } from './query.ts'
import * as statements from './version-statements.ts'

/*
 * Statements that add versions to the unit of a change. They follow `countVersionUp` in it, because the version of the
 * configuration becomes the number of the version.
 */

export type Mark = SaveMark | undefined

export function scriptVersion(realm: string, script: Script, mark: Mark): Statement[] {
  const { createdBy, createdAt, lastModifiedBy, lastModifiedAt, ...content } = script
  return version({ realm, kind: 'script', id: script.id, name: script.name }, script, mark, content)
}

export function customNodeTypeVersion(type: CustomNodeType, mark: Mark): Statement[] {
  const { serviceName: id, displayName: name } = type
  return version({ realm: everyRealm, kind: 'customNodeType', id, name }, type, mark)
}

/** Nothing for documents of other kinds. */
export function documentVersion(
  realm: string,
  { kind, id, document }: RealmDocument,
  mark: Mark,
): Statement[] {
  if (!isVersioned(kind)) return []
  const name = typeof document.name === 'string' && document.name !== '' ? document.name : id
  return version({ realm, kind, id, name }, document, mark)
}

export function realmVersion({ path, settings }: Realm, mark: Mark): Statement[] {
  const named = { realm: path, kind: 'realmSettings', id: realmSettingsId, name: realmSettingsId } as const
  return version(named, settings, mark)
}

export function journeyVersion(realm: string, journey: JourneyDocument, mark: Mark): Statement[] {
  return version({ realm, kind: 'journey', id: journey._id, name: journey._id }, journey, mark)
}

export function nodeVersion(realm: string, node: NodeDocument, mark: Mark): Statement[] {
  return version({ realm, kind: 'node', id: node.id, name: node.id }, node, mark)
}

/** Versions of journeys whose graph stays the same. Follows the versions of their nodes. */
export function sameJourneyVersion(realm: string, name: string, mark: Mark): Statement[] {
  return isSilent(mark) ? [] : [statements.insertSameJourney({ realm, name, ...madeBy(mark, 'save') })]
}

/** The same for all journeys with a node. */
export function versionsWithNode(realm: string, quotedId: string, mark: Mark): Statement[] {
  return isSilent(mark)
    ? []
    : [statements.insertJourneysWithNode({ realm, quotedId, ...madeBy(mark, 'save') })]
}

export function deletion(realm: string, kind: string, id: string, mark: Mark): Statement[] {
  if (kind !== 'node' && !isVersioned(kind)) return []
  return [statements.insertDeletion({ realm, kind, id, ...madeBy(mark, 'delete') })]
}

/** Deletions of the documents of a kind that the realm no longer has. Follows their removal. */
export function deletionsOfMissing(realm: string, kind: string, mark: Mark): Statement[] {
  if (!isVersioned(kind)) return []
  return [statements.insertDeletionsOfMissing({ realm, kind, ...madeBy(mark, 'delete') })]
}

type Named = { realm: string; kind: StoredKind; id: string; name: string }

/** @param compared the part of the content whose changes count. */
function version(named: Named, content: object, mark: Mark, compared: object = content): Statement[] {
  if (isSilent(mark)) return []
  const row = { ...named, content: JSON.stringify(content), hash: contentHash(compared) }
  return [statements.insertVersion({ ...row, ...madeBy(mark, 'save') })]
}

function isSilent(mark: Mark): boolean {
  return mark?.cause === 'seal'
}

function madeBy(mark: Mark, usual: 'save' | 'delete') {
  const { at: savedAt = null, by, note = null, cause = usual } = mark ?? {}
  const isDeletion = usual === 'delete'
  return {
    savedAt,
    savedBy: by?.name ?? null,
    savedById: by?.id ?? null,
    note,
    cause: isDeletion ? usual : cause,
  }
}

function isVersioned(kind: string): kind is StoredKind {
  const kinds: readonly string[] = versionKinds
  return kinds.includes(kind)
}
