import { z } from 'zod'
import { jsonObjectSchema } from '../base/json.ts'
import type { SaveMark } from '../base/save-mark.ts'

export const realmDocumentSchema = z.object({
  /** The kind of document, such as `emailTemplate` or `theme`. */
  kind: z.string(),
  /** Unique within the realm and kind. */
  id: z.string(),
  document: jsonObjectSchema,
})

/** A document of a realm's configuration, stored unchanged: an email template, a theme, an identity provider. */
export type RealmDocument = z.infer<typeof realmDocumentSchema>

export const kindSizeSchema = z.object({
  kind: z.string(),
  count: z.coerce.number(),
  /** Their length as JSON together. */
  characters: z.coerce.number(),
})

export type KindSize = z.infer<typeof kindSizeSchema>

/** Stores documents. Every write increments the configuration version. */
export interface DocumentStore {
  /** Documents of one kind, or of all kinds, ordered by id. */
  all(realm: string, kind?: string): Promise<RealmDocument[]>
  read(realm: string, kind: string, id: string): Promise<RealmDocument | undefined>
  /** How many documents the realm has, without reading them. One entry for each kind. */
  sizes(realm: string): Promise<KindSize[]>
  /** Creates or replaces. */
  save(realm: string, document: RealmDocument, mark?: SaveMark): Promise<void>
  remove(realm: string, kind: string, id: string, mark?: SaveMark): Promise<boolean>
  /** Replaces all documents of a kind at once. */
  replaceAll(
    realm: string,
    kind: string,
    documents: readonly Omit<RealmDocument, 'kind'>[],
    mark?: SaveMark,
  ): Promise<void>
}
