import type { JsonObject } from '../../base/json.ts'
import type { DocumentKind } from './bundle.ts'
import type { LineIndex } from './line-index.ts'

/**
 * One thing of an export in its original form. A file contains one piece or a whole realm. A bundle is built from pieces.
 */
export type Piece = {
  kind: 'journey' | 'node' | 'script' | 'customNodeType' | 'layout' | DocumentKind
  /** Its key in the export. */
  key: string
  json: JsonObject
  /** The object of the file that `json` is a changed copy of. */
  original?: JsonObject | undefined
  /** Only for nodes in exports that store the type apart from the settings. */
  type?: string | undefined
  /** The realm in the export, such as `alpha` or `/`; undefined for exports of a single realm. */
  realm?: string | undefined
  /** The journey that it came with. */
  journey?: string | undefined
  /** The file that contained it. */
  path?: string | undefined
  /** The lines of the file. */
  lines?: (() => LineIndex) | undefined
}

/** Names of the kinds in findings. */
export const nameOfKind: Readonly<Record<Piece['kind'], string>> = {
  journey: 'Journey',
  node: 'Node',
  script: 'Script',
  customNodeType: 'Custom node type',
  layout: 'Layout',
  emailTemplate: 'Email template',
  theme: 'Theme',
  socialIdentityProvider: 'Social identity provider',
  saml2Entity: 'SAML entity',
  circleOfTrust: 'Circle of trust',
  variable: 'Variable',
  keptDocument: 'Kept setting',
}

/** The id of a node, script or custom node type. */
export function idOf({ json, key }: Pick<Piece, 'json' | 'key'>): string {
  return typeof json._id === 'string' ? json._id : key
}

/** A parsed file. `path` matters for exports with one file per thing; it is empty for a request body. */
export type ExportFile = {
  path: string
  json: JsonObject
  /** The root folders of fr-config-manager among all files, each with a slash at its end. */
  roots?: readonly string[]
}

/** A form of export: how to recognize it, and how to split it into pieces. */
export type Shape = {
  name: string
  matches(file: ExportFile): boolean
  pieces(file: ExportFile): Piece[]
}
