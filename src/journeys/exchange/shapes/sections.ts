import { asText } from '../../../base/as-text.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
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
  return isJsonObject(json.saml) ? [...found, ...samlPieces(json.saml, realm)] : found
}

/** Full exports have SAML in a section of its own, with the metadata of remote entities as lines beside them. */
function samlPieces(saml: JsonObject, realm: string | undefined): Piece[] {
  const metadata = isJsonObject(saml.metadata) ? saml.metadata : {}
  const entities = (['hosted', 'remote'] as const).flatMap((entityLocation) =>
    entriesOf(saml[entityLocation]).map(([key, entity]): Piece => {
      const lines = metadata[key]
      const xml = Array.isArray(lines) ? lines.map((line) => asText(line)).join('\n') : undefined
      const json = {
        ...entity,
        entityLocation,
        ...(xml === undefined ? {} : { base64EntityXML: packed(xml) }),
      }
      return { kind: 'saml2Entity', key, json, original: entity, realm }
    }),
  )
  const circles = entriesOf(saml.cot).map(
    ([key, json]): Piece => ({ kind: 'circleOfTrust', key, json, realm }),
  )
  return [...entities, ...circles]
}

/** Metadata as it is stored: in base64url. */
export function packed(xml: string): string {
  return Buffer.from(xml).toString('base64url')
}

/** Whether this is a section that {@link sectionPieces} reads. */
export function isSection(name: string): boolean {
  return ['tree', 'trees', 'saml'].includes(name) || Object.hasOwn(sectionKinds, name)
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
