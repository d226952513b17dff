import { type JsonObject, jsonObjectSchema } from '../../../base/json.ts'
import type { RealmDocument } from '../../../realms/document-store.ts'
import { keptDocumentSchema, keptKind } from '../kept-documents.ts'
import { currentVariable } from './esv-documents.ts'
import { currentClient } from './kept-client.ts'
import { currentKept } from './kept-setting.ts'
import type { TenantContent } from './tenant-content.ts'

/**
 * A document of a realm with the settings and variables of now: the same object if it already has them.
 * @returns undefined for a document whose setting is gone.
 */
export function currentTenantDocument(
  { kind, id, document }: RealmDocument,
  tenant: TenantContent | undefined,
  journeys: ReadonlySet<string>,
): JsonObject | undefined {
  if (tenant === undefined) return document
  if (kind === 'variable') {
    const stored = tenant.esvs.variables.find((esv) => esv.id === id)
    return stored === undefined ? document : currentVariable(document, stored)
  }
  const kept = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
  if (kept === undefined) return document
  const client = currentClient(kept, tenant)
  if (client !== kept) return client && jsonObjectSchema.parse(client)
  const now = currentKept(kept, { path: tenant.realm.path, journeys }, tenant.realm.settings)
  return now === kept ? document : now && jsonObjectSchema.parse(now)
}
