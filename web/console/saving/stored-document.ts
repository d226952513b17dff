import type { JsonObject } from '../../api/json.ts'

/** A document as stored on the server, with the revision for conditional saves. */
export type StoredDocument = { document: JsonObject; revision: string }
