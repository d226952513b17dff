import type { JsonObject } from '../../base/json.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import type { RealmService } from '../../realms/services/realm-service.ts'
import { realmServices } from '../../realms/services/realm-services.ts'

/** A service with its place among the resources of a realm. */
export type ServedService = RealmService & {
  /** The resources below it, if it has any. */
  below?(documents: Pick<DocumentStore, 'all'>, realm: string): Promise<JsonObject[]>
  /** Types of resources below it that are kept without effect. */
  keepsBelow?: readonly string[]
  /** The types of the resources below it. */
  typesBelow?: readonly JsonObject[]
  /** @throws RequestError 409 if it can't go back to its defaults now. */
  checkRemoval?(documents: Pick<DocumentStore, 'all'>, realm: string): Promise<void>
}

const keptBelow: Readonly<Record<string, readonly string[]>> = { CorsService: ['configuration'] }

/** Services of realms and of the server. */
export const servedServices: readonly ServedService[] = realmServices.map((service) => ({
  ...service,
  keepsBelow: keptBelow[service.id] ?? [],
}))
