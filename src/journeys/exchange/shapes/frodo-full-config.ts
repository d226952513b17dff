import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import { filesSections } from '../kept-documents.ts'
import type { ExportFile, Piece, Shape } from '../piece.ts'
import { frodoPlace } from './frodo-folders.ts'
import { keptPiece, keptSection } from './kept-pieces.ts'
import { entriesOf, hasSection, isSection, sectionPieces } from './sections.ts'

/** Sections of `frodo config export` that the server keeps. Those in `serverWide` are in the global part. */
const serverWide: ReadonlySet<string> = new Set([
  'idm',
  'internalRole',
  'mapping',
  'realm',
  'scripttype',
  'secret',
  'server',
  'site',
  'sync',
])
const ofRealms: ReadonlySet<string> = new Set([
  'agent',
  'agentGroup',
  'application',
  'authentication',
  'managedApplication',
  'policy',
  'policyset',
  'resourcetype',
  'saml',
  'secretstore',
  'service',
  'trustedJwtIssuer',
])

/** `frodo config export`: a whole tenant in one file, one section of it, or a file of its folders. */
export const frodoFullConfig: Shape = {
  name: 'an export of a whole configuration',
  matches: (file) => isWhole(file.json) || hasSection(file.json) || keptIn(file).length > 0,
  pieces(file) {
    const { json } = file
    if (!isWhole(json)) return [...sectionPieces(json), ...keptIn(file)]
    const { global, realm: realms, meta: _meta, ...others } = json
    return [
      ...sectionPieces(others),
      ...keptSections(others, 'global'),
      ...(isJsonObject(global) ? [...sectionPieces(global), ...keptSections(global, 'global')] : []),
      ...entriesOf(realms).flatMap(([realm, part]) => [
        ...sectionPieces(part, realm),
        ...keptSections(part, 'realm', realm),
      ]),
    ]
  },
}

/** A global export of realms has the section `realm`, too: their settings, instead of their content. */
function isWhole({ global, realm }: JsonObject): boolean {
  const parts = entriesOf(realm)
  const isContent = ([, part]: [string, JsonObject]) =>
    Object.keys(part).some((name) => isSection(name) || ofRealms.has(name))
  return isJsonObject(global) || (parts.length > 0 && parts.some(isContent))
}

/** Everything in a part that is not read as something else. */
function keptSections(part: JsonObject, scope: 'global' | 'realm', realm?: string): Piece[] {
  return Object.entries(part).flatMap(([section, json]) =>
    isSection(section) || section === 'meta' ? [] : keptSection(section, json, { scope, realm }),
  )
}

/** The kept parts of a file that has some sections. In frodo's folders, the path says where the file belongs. */
function keptIn({ path, json }: ExportFile): Piece[] {
  const place = frodoPlace(path)
  const { meta, ...sections } = json
  // Without one of both, a section's name could be a word of another tool.
  if (place === undefined && !isJsonObject(meta)) return []
  const names = Object.keys(sections)
  const isKnown = (name: string) => isSection(name) || serverWide.has(name) || ofRealms.has(name)
  if (names.length > 0 && names.every(isKnown)) {
    return names.flatMap((section) => {
      const scope = place?.scope ?? (serverWide.has(section) ? 'global' : 'realm')
      return isSection(section) ? [] : keptSection(section, sections[section] ?? null, { scope })
    })
  }
  if (place === undefined) return []
  return [keptPiece({ scope: place.scope, section: filesSections.frodo, key: place.file, value: json })]
}
