import type { JsonObject } from '../engine/json.ts'

/** A piece of a realm's configuration that is kept as it came: an e-mail template, a theme, an identity provider. */
export type RealmDocument = {
  /** What it is, in the singular: `emailTemplate`, `theme`. */
  kind: string
  /** Unique among those of its kind in a realm. */
  id: string
  document: JsonObject
}

/** What raw documents ask of storage. Every write counts the configuration version up. */
export interface DocumentStore {
  /** Those of one kind, by id; without a kind all of the realm. */
  all(realm: string, kind?: string): Promise<RealmDocument[]>
  read(realm: string, kind: string, id: string): Promise<RealmDocument | undefined>
  /** Creates or replaces. */
  save(realm: string, document: RealmDocument): Promise<void>
  remove(realm: string, kind: string, id: string): Promise<boolean>
  /** Puts these in the place of all of a kind, at once. */
  replaceAll(realm: string, kind: string, documents: readonly Omit<RealmDocument, 'kind'>[]): Promise<void>
}
