import { isJsonObject, type Json, type JsonObject } from '../../api/json.ts'
import type { AccountSettings, ServiceAccount } from '../../api/service-accounts.ts'
import type { StoredDocument } from '../saving/stored-document.ts'

/** A service account as a document that is edited. */
export function toDocument({ revision, id: _id, ...settings }: ServiceAccount): StoredDocument {
  const { scopes, keys, ...others } = settings
  return { document: { ...others, scopes: [...scopes], keys: [...keys] }, revision }
}

export function settingsIn(document: JsonObject): AccountSettings {
  return {
    name: textIn(document.name),
    description: textIn(document.description),
    isActive: document.isActive === true,
    scopes: listIn(document.scopes).filter((scope) => typeof scope === 'string'),
    keys: listIn(document.keys).filter(isJsonObject),
  }
}

function textIn(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
