import { isJsonObject, type Json, type JsonObject } from '../../api/json.ts'
import type { AccountSettings } from '../../api/service-accounts.ts'

/** The settings in an edited document. */
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
