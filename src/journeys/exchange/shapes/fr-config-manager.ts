import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import { filesSections } from '../kept-documents.ts'
import type { ExportFile, Piece, Shape } from '../piece.ts'
import { keptPiece } from './kept-pieces.ts'
import { rawResource, resourcePieces } from './raw-resource.ts'
import { isTree, treePieces } from './raw-tree.ts'
import { packed } from './sections.ts'

const inRealm = /(?:^|\/)realms\/([^/]+)\/(?:journeys|scripts|themes)\//
const inCustomNodes = /(?:^|\/)custom-nodes\//
const inTemplates = /(?:^|\/)email-templates\//

/** Any file of a realm's folder, and its path in there. */
const ofRealm = /(?:^|\/)realms\/([^/]+)\/(.+\.json)$/

/** Folders beside `realms`, with what belongs to the tenant. Source: "Exported configuration structure" of its documentation. */
const tenantFolders: ReadonlySet<string> = new Set([
  'access-config',
  'audit',
  'cookie-domains',
  'cors',
  'csp',
  'custom-policies',
  'email-provider',
  'endpoints',
  'esvs',
  'iga',
  'internal-roles',
  'kba',
  'locales',
  'managed-objects',
  'org-privileges',
  'raw',
  'schedules',
  'service-objects',
  'sync',
  'telemetry',
  'terms-conditions',
  'ui',
])

/** `fr-config-manager`: one file per journey, node and script in `realms/<realm>/…`, and folders for everything else. */
export const frConfigManager: Shape = {
  name: 'a file of fr-config-manager',
  matches: (file) => isResource(file) || otherPieces(file).length > 0,
  pieces(file) {
    if (!isResource(file)) return otherPieces(file)
    const realm = inRealm.exec(file.path)?.[1]
    const pieces = isTree(file.json) ? treePieces(file) : resourcePieces(file)
    return pieces.map((piece) => ({ ...piece, realm }))
  },
}

function isResource(file: ExportFile): boolean {
  const isInFolder = [inRealm, inCustomNodes, inTemplates].some((folder) => folder.test(file.path))
  return isInFolder && (isTree(file.json) || rawResource.matches(file))
}

/** Pieces of files in the other folders. */
function otherPieces(file: ExportFile): Piece[] {
  const [, realm, path] = ofRealm.exec(file.path) ?? []
  if (realm !== undefined && path !== undefined) return realmPieces(file, realm, path)
  const root = file.roots?.find((folder) => file.path.startsWith(folder))
  if (root === undefined) return []
  const below = file.path.slice(root.length)
  const [folder = '', kind] = below.split('/')
  if (!tenantFolders.has(folder) || kind === undefined) return []
  const { _id } = file.json
  if (/^esvs\/(?:variables|secrets)\//.test(below) && typeof _id === 'string') {
    // The folder says that it is a secret, whatever the file has.
    const json = below.startsWith('esvs/secrets/') ? { encoding: 'generic', ...file.json } : file.json
    return [{ kind: 'variable', key: _id, json, original: file.json }]
  }
  return [keptPiece({ scope: 'global', section: filesSections.frConfig, key: below, value: file.json })]
}

function realmPieces({ json }: ExportFile, realm: string, path: string): Piece[] {
  const own = (kind: Piece['kind'], document: JsonObject, original = document): Piece[] => {
    const { _id } = document
    return typeof _id === 'string' ? [{ kind, key: _id, json: document, original, realm }] : []
  }
  const [, location] = /^realm-config\/saml\/(hosted|remote)\//.exec(path) ?? []
  if (location !== undefined && isJsonObject(json.config)) {
    return own(
      'saml2Entity',
      { ...json.config, entityLocation: location, ...metadataOf(json.metadata) },
      json.config,
    )
  }
  if (/^realm-config\/saml\/COT\//.test(path)) return own('circleOfTrust', json)
  if (/^services\/SocialIdentityProviders\//.test(path)) return own('socialIdentityProvider', json)
  return [keptPiece({ scope: 'realm', section: filesSections.frConfig, key: path, value: json }, realm)]
}

function metadataOf(metadata: Json | undefined): JsonObject {
  return typeof metadata === 'string' ? { base64EntityXML: packed(metadata) } : {}
}

/** The folders that contain `realms`, from the paths of all files. The longest first. */
export function frConfigRoots(paths: readonly string[]): string[] {
  const roots = paths.flatMap(
    (path) =>
      /^(.*\/|)realms\/[^/]+\/(?:journeys|scripts|services|themes|realm-config)\//.exec(path)?.[1] ?? [],
  )
  return [...new Set(roots)].toSorted((one, other) => other.length - one.length)
}
