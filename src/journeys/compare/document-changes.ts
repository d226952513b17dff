import type { JsonObject } from '../../base/json.ts'
import type { RealmDocument } from '../../realms/document-store.ts'
import { secretMemberOf } from '../../realms/sealed-documents.ts'
import { openVariableMembers } from '../exchange/variable-values.ts'
import { type NewIds, objectWith } from './ids.ts'
import type { Changes } from './journey-changes.ts'
import { asChange, type Describe, memberChanges } from './member-changes.ts'
import { settingTitle } from './setting-titles.ts'
import type { Names } from './shown.ts'

/** Members that say when and by whom a document was saved. Members that begin with `_` are not content, either. */
const saveMembers: ReadonlySet<string> = new Set([
  'createdBy',
  'createdDate',
  'creationDate',
  'lastChangeDate',
  'lastChangedBy',
  'lastModified',
  'lastModifiedBy',
  'lastModifiedDate',
  'loaded',
  'loadedVersion',
  'activeVersion',
])

/** The settings of a realm are compared as a document of this kind. */
const realmSettingsKind = 'realmSettings'

/** Changes of a template, a theme, a provider or another document. */
export function documentChanges(
  before: RealmDocument,
  after: RealmDocument,
  { ids, names }: { ids: NewIds; names: Names },
): Changes {
  if (before === after) return { changes: [], unknown: [] }
  const { kind } = after
  const secret = secretMemberOf(kind)
  const found = memberChanges(contentOf(objectWith(before.document, ids)), contentOf(after.document), {
    ...titlesOf(kind),
    isSecret: (name) => name === secret || (kind === 'variable' && !openVariableMembers.has(name)),
    names,
  })
  return {
    changes: found.filter(({ isUnknown }) => !isUnknown).map(asChange),
    unknown: found.filter(({ isUnknown }) => isUnknown).map(asChange),
  }
}

function titlesOf(kind: string): Pick<Describe, 'titleOf' | 'innerTitleOf'> {
  if (kind !== realmSettingsKind) return { titleOf: (name) => name }
  return { titleOf: (name) => settingTitle([name]), innerTitleOf: settingTitle }
}

/** The name of a document: themes have a name and an id. */
export function nameOfDocument({ id, document: { name } }: RealmDocument): string {
  return typeof name === 'string' && name !== '' ? name : id
}

function contentOf(document: JsonObject): JsonObject {
  const members = Object.entries(document).filter(([name]) => !name.startsWith('_') && !saveMembers.has(name))
  return Object.fromEntries(members)
}
