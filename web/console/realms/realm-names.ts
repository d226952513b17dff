import { isSameJson, type Json, type JsonObject } from '../../api/json.ts'
import { readSettings, saveSettings } from '../../api/realm-settings.ts'
import { listRealms, saveRealm } from '../../api/realms.ts'
import { ApiError } from '../../api/request.ts'
import type { StoredDocument } from '../saving/stored-document.ts'

/**
 * Aliases and hosts of a realm as one document. Aliases belong to the realm, hosts to its settings.
 * @throws ApiError 404 if the realm was deleted.
 */
export async function readNames(path: string): Promise<StoredDocument> {
  const [entry, settings] = await Promise.all([entryOf(path), readSettings(path)])
  return {
    document: { aliases: [...entry.aliases], allowedHosts: settings.document.allowedHosts ?? [] },
    revision: `${entry.revision} ${settings.revision}`,
  }
}

/** Saves changed aliases and hosts, each with its own revision. */
export function saveNames(path: string) {
  return async (document: JsonObject, base: StoredDocument): Promise<StoredDocument> => {
    const [revision = '', settingsRevision = ''] = base.revision.split(' ')
    if (!isSameJson(document.aliases, base.document.aliases)) {
      const { isActive, ...entry } = await entryOf(path)
      const changes = { isActive, aliases: textsIn(document.aliases) }
      await saveRealm({ ...entry, isActive, revision }, changes)
    }
    if (!isSameJson(document.allowedHosts, base.document.allowedHosts)) {
      await saveSettings(path, { allowedHosts: document.allowedHosts ?? [] }, settingsRevision)
    }
    return readNames(path)
  }
}

async function entryOf(path: string) {
  const entry = (await listRealms()).find((each) => each.path === path)
  if (entry === undefined)
    throw new ApiError({ code: 404, reason: 'Not Found', message: '', detail: undefined })
  return entry
}

export function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
