import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import { oauthProviderService } from '../../../realms/services/oauth-provider.ts'
import { providerSetting } from '../../../realms/services/provider-setting.ts'
import { realmServices } from '../../../realms/services/realm-services.ts'
import { authenticationSetting, serviceSetting } from '../../../realms/services/service-setting.ts'
import type { TenantSetting } from '../../../realms/tenant/tenant-setting.ts'
import { currentDocument, tenantSettingOf } from '../../../realms/tenant/tenant-settings.ts'
import { configurationId, type KeptDocument } from '../kept-documents.ts'
import { keptRoleOf } from './kept-role.ts'

/** A kept document that sets something in its realm, with the texts of the files beside it. */
export type KeptSetting = { setting: TenantSetting; document: JsonObject }

/** Where a document sets something. `journeys` that the realm has; undefined: any. */
export type InRealm = { path: string; journeys?: ReadonlySet<string> }

/** @returns undefined for a document that is only kept. */
export function keptSettingOf(kept: KeptDocument, { path, journeys }: InRealm): KeptSetting | undefined {
  const id = configurationId(kept)
  const setting = serviceIn(kept, journeys) ?? (id === undefined ? undefined : tenantSettingOf(id, path))
  const document = documentIn(kept)
  return setting === undefined || document === undefined ? undefined : { setting, document }
}

/** The kept document as the realm's settings are now; undefined if they no longer have anything of it. */
export function currentKept(
  kept: KeptDocument,
  realm: InRealm,
  settings: RealmSettings,
): KeptDocument | undefined {
  const found = keptSettingOf(kept, realm)
  if (found === undefined) return kept
  const now = currentDocument(found.setting, found.document, settings)
  return now === undefined || now === found.document ? now && kept : withDocument(kept, now)
}

/** The document in a kept one, with the texts of the files beside it. */
export function documentIn({ value, files = {} }: KeptDocument): JsonObject | undefined {
  const document = withTexts(value, files)
  return isJsonObject(document) ? document : undefined
}

/** The kept one with another document. Texts go back into the files beside it. */
export function withDocument(kept: KeptDocument, now: JsonObject): KeptDocument {
  const { files } = kept
  if (files === undefined) return { ...kept, value: now }
  const texts = { ...files }
  return { ...kept, value: withoutTexts(kept.value, now, texts), files: texts }
}

function serviceIn(kept: KeptDocument, journeys?: ReadonlySet<string>): TenantSetting | undefined {
  const role = keptRoleOf(kept)
  if (role?.kind === 'authentication') return authenticationSetting(journeys)
  const service = role?.kind === 'service' ? realmServices.find(({ id }) => id === role.id) : undefined
  if (service?.id === oauthProviderService.id) return providerSetting
  return service && serviceSetting(service)
}

function fileIn(value: Json): string | undefined {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return undefined
  return typeof value.file === 'string' ? value.file : undefined
}

/** Replaces references to files by their texts. */
function withTexts(value: Json, files: Readonly<Record<string, string>>): Json {
  const file = fileIn(value)
  if (file !== undefined && Object.hasOwn(files, file)) return files[file] ?? value
  if (Array.isArray(value)) return value.map((one) => withTexts(one, files))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withTexts(one, files)]))
}

/** Puts texts back into the files that the received document refers to. */
function withoutTexts(received: Json | undefined, now: Json, files: Record<string, string>): Json {
  const file = received === undefined ? undefined : fileIn(received)
  if (received !== undefined && file !== undefined && typeof now === 'string') {
    files[file] = now
    return received
  }
  if (Array.isArray(now)) {
    const before = Array.isArray(received) ? received : []
    return now.map((one, index) => withoutTexts(before[index], one, files))
  }
  if (!isJsonObject(now)) return now
  const before = isJsonObject(received) ? received : {}
  return Object.fromEntries(
    Object.entries(now).map(([name, one]) => [name, withoutTexts(before[name], one, files)]),
  )
}
