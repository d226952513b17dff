import type { JsonObject } from '../../engine/json.ts'
import type { DocumentKind } from './bundle.ts'

/**
 * One thing out of an export, still in the form it had there. Files of one layout hold one piece each, others hold a
 * whole realm; put together they are a bundle.
 */
export type Piece = {
  kind: 'journey' | 'node' | 'script' | 'customNodeType' | 'layout' | DocumentKind
  /** Its key in the export. */
  key: string
  json: JsonObject
  /** Set for nodes of shapes that keep the type apart from the settings. */
  type?: string | undefined
  /** The realm that the export says it is from, such as `alpha` or `/`; undefined where exports have one realm. */
  realm?: string | undefined
  /** The journey it came with. */
  journey?: string | undefined
  /** The file it came in. */
  path?: string | undefined
}

/** A parsed file. `path` means something in layouts of several files; it is empty for a request body. */
export type ExportFile = { path: string; json: JsonObject }

/** A form of export: how to know it, and how to take it to pieces. */
export type Shape = {
  name: string
  matches(file: ExportFile): boolean
  pieces(file: ExportFile): Piece[]
}
