import { isJsonObject, type Json, type JsonObject } from '../../../engine/json.ts'
import type { Piece } from '../piece.ts'

/** Names of sections in exports, and the kind of their pieces. */
const sectionKinds: Readonly<Record<string, Piece['kind']>> = {
  nodes: 'node',
  innerNodes: 'node',
  innernodes: 'node',
  scripts: 'script',
  script: 'script',
  nodeTypes: 'customNodeType',
  nodeType: 'customNodeType',
  emailTemplates: 'emailTemplate',
  emailTemplate: 'emailTemplate',
  themes: 'theme',
  theme: 'theme',
  socialIdentityProviders: 'socialIdentityProvider',
  idp: 'socialIdentityProvider',
  saml2Entities: 'saml2Entity',
  circlesOfTrust: 'circleOfTrust',
  variable: 'variable',
  variables: 'variable',
  layout: 'layout',
}

/** Splits an object with sections into pieces. Each journey in `tree` and `trees` has sections of its own. */
export function sectionPieces(json: JsonObject, realm?: string, journey?: string): Piece[] {
  const { tree, trees } = json
  const own = journey ?? (isJsonObject(tree) ? nameOf(tree, '') : undefined)
  const found: Piece[] = isJsonObject(tree)
    ? [{ kind: 'journey', key: own ?? '', json: tree, realm, journey: own }]
    : []
  for (const [name, one] of entriesOf(trees)) found.push(...sectionPieces(one, realm, name))
  for (const [section, kind] of Object.entries(sectionKinds)) {
    for (const [key, one] of entriesOf(json[section]))
      found.push({ kind, key, json: one, realm, journey: own })
  }
  return found
}

/** Whether the object has a known section. */
export function hasSection(json: JsonObject): boolean {
  return ['trees', ...Object.keys(sectionKinds)].some((section) => entriesOf(json[section]).length > 0)
}

/** The objects of a section by key. Some exporters write a list instead of a map. */
export function entriesOf(section: Json | undefined): [string, JsonObject][] {
  if (Array.isArray(section)) {
    return section.filter(isJsonObject).map((one, place) => [nameOf(one, String(place)), one])
  }
  if (!isJsonObject(section)) return []
  return Object.entries(section).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
}

function nameOf({ _id, name }: JsonObject, otherwise: string): string {
  if (typeof _id === 'string') return _id
  return typeof name === 'string' ? name : otherwise
}
