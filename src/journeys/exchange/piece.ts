import type { JsonObject } from '../../engine/json.ts'
import type { DocumentKind } from './bundle.ts'

/**
 * One thing of an export in its original form. A file contains one piece or a whole realm. A bundle is built from pieces.
 */
export type Piece = {
  kind: 'journey' | 'node' | 'script' | 'customNodeType' | 'layout' | DocumentKind
  /** Its key in the export. */
  key: string
  json: JsonObject
  /** Only for nodes in exports that store the type apart from the settings. */
  type?: string | undefined
  /** The realm in the export, such as `alpha` or `/`; undefined for exports of a single realm. */
  realm?: string | undefined
  /** The journey that it came with. */
  journey?: string | undefined
  /** The file that contained it. */
  path?: string | undefined
}

/** A parsed file. `path` matters for exports with one file per thing; it is empty for a request body. */
export type ExportFile = { path: string; json: JsonObject }

/** A form of export: how to recognize it, and how to split it into pieces. */
export type Shape = {
  name: string
  matches(file: ExportFile): boolean
  pieces(file: ExportFile): Piece[]
}
