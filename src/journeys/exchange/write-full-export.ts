import { dirname, join } from 'node:path/posix'
import { asText } from '../../base/as-text.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { withoutAddress } from '../../people/providers/saml/entities.ts'
import { withoutSealed } from '../../secrets/sealed-value.ts'
import type { Bundle, BundleDocument } from './bundle.ts'
import { isFilesSection, type KeptDocument, keptDocumentSchema, keptKind } from './kept-documents.ts'
import { placeProblem } from './kept-place.ts'
import { packedFile } from './shapes/kept-pieces.ts'
import { stableJson } from './stable-json.ts'
import { keptRoleOf } from './tenant/kept-role.ts'
import { exportWithPlaces, fileName, meta, sectionsOf, type WrittenFile } from './write-export.ts'

/** Everything in a realm in the form of `frodo config export`, also what the server only keeps. */
function fullExport(bundle: Bundle, realm: string): JsonObject {
  const { scripts, emailTemplates, socialIdentityProviders, themes, nodeTypes, variable } = sectionsOf(bundle)
  const trees = bundle.journeys.map(({ _id }) => {
    const { tree = null, nodes = null, innerNodes = null } = exportWithPlaces(bundle, _id)
    return [_id, { tree, nodes, innerNodes }] as const
  })
  const global = { emailTemplate: emailTemplates ?? {}, nodeTypes: nodeTypes ?? {}, variable: variable ?? {} }
  const ofRealm = {
    trees: Object.fromEntries(trees),
    script: scripts ?? {},
    theme: Object.fromEntries(
      (Array.isArray(themes) ? themes : []).filter(isJsonObject).map((theme) => [asText(theme._id), theme]),
    ),
    idp: socialIdentityProviders ?? {},
    saml: samlSection(bundle),
  }
  const kept = keptIn(bundle)
  return {
    meta,
    global: withKept(
      global,
      kept.filter(({ scope }) => scope === 'global'),
    ),
    realm: {
      [realmKey(realm)]: withKept(
        ofRealm,
        kept.filter(({ scope }) => scope === 'realm'),
      ),
    },
  }
}

/** The full export as the text of a file. */
export function fullFile(bundle: Bundle, realm: string): string {
  return stableJson(fullExport(bundle, realm))
}

/** Files of fr-config-manager and frodo's folders that the server only keeps, with the texts beside them. */
export function keptFiles(bundle: Bundle, folders: { root: string; realm: string }): WrittenFile[] {
  const kept = keptIn(bundle)
  const clients = new Set(kept.filter(({ section }) => isFilesSection(section)).map((one) => clientIdIn(one)))
  return kept.flatMap((document) => {
    const { scope, section, key = '', value, files = {} } = document
    const client = clientIdIn(document)
    if (!isFilesSection(section) && (client === undefined || clients.has(client))) return []
    const file = isFilesSection(section) ? key : clientFile(client ?? key)
    const path = join(scope === 'global' ? folders.root : folders.realm, file)
    return [
      { name: path, text: stableJson(value) },
      ...Object.entries(files).map(([name, text]) => ({ name: join(dirname(path), name), text })),
    ]
  })
}

function clientIdIn(document: KeptDocument): string | undefined {
  const role = keptRoleOf(document)
  return role?.kind === 'client' ? role.id : undefined
}

/** Where fr-config-manager has a client. */
function clientFile(id: string): string {
  return join('realm-config', 'agents', 'OAuth2Client', `${fileName(id)}.json`)
}

/** frodo's name of a realm. */
function realmKey(realm: string): string {
  return ['root', ...realm.split('/').filter((name) => name !== '')].join('-')
}

function keptIn({ documents }: Bundle): KeptDocument[] {
  return documents.flatMap(({ kind, document }) => {
    const parsed = kind === keptKind ? keptDocumentSchema.safeParse(document) : undefined
    return parsed?.success && placeProblem(parsed.data) === undefined ? [parsed.data] : []
  })
}

function withKept(part: JsonObject, kept: readonly KeptDocument[]): JsonObject {
  const all: JsonObject = { ...part }
  for (const document of kept) {
    const { section, key, value } = document
    const inPlace = isFilesSection(section) ? packedFile(document) : value
    const before = all[section]
    all[section] = key === undefined ? inPlace : { ...(isJsonObject(before) ? before : {}), [key]: inPlace }
  }
  return all
}

function samlSection({ documents }: Bundle): JsonObject {
  const entities = documents.filter(({ kind }) => kind === 'saml2Entity')
  const at = (location: string) =>
    entities.filter(({ document }) => (document.entityLocation ?? 'hosted') === location)
  return {
    hosted: byId(at('hosted'), ownMembers),
    remote: byId(at('remote'), ownMembers),
    metadata: Object.fromEntries(entities.flatMap(metadataOf)),
    cot: byId(
      documents.filter(({ kind }) => kind === 'circleOfTrust'),
      (document) => document,
    ),
  }
}

function byId(documents: readonly BundleDocument[], shown: (document: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(documents.map(({ id, document }) => [id, withoutSealed(shown(document))]))
}

function ownMembers({
  entityLocation: _location,
  base64EntityXML: _xml,
  ...members
}: JsonObject): JsonObject {
  return withoutAddress(members)
}

/** Metadata is in lines beside its entity. */
function metadataOf({ id, document: { base64EntityXML } }: BundleDocument): [string, string[]][] {
  if (typeof base64EntityXML !== 'string') return []
  return [[id, Buffer.from(base64EntityXML, 'base64url').toString().split('\n')]]
}
