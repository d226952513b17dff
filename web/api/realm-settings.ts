import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'
import { noteHeader } from './save-note.ts'
import { type Setting, settingSchema } from './setting.ts'

const documentSchema = z.record(z.string(), z.json())

/** `revision` is the settings' ETag. */
export type StoredSettings = { document: JsonObject; revision: string }

function settingsPath(realm: string): string {
  return `${realmPath(realm)}/realm-config/settings`
}

/** Source: `docs/operations-wire.md`, "Realm". */
export async function readSettings(realm: string, signal?: AbortSignal): Promise<StoredSettings> {
  return toStored(await request(documentSchema, settingsPath(realm), { signal }))
}

/**
 * Changes the given members and keeps the others.
 * @throws ApiError 412 after a concurrent change; 400 whose `detail` has a message for each invalid member.
 */
export async function saveSettings(
  realm: string,
  changed: JsonObject,
  revision: string,
  note = '',
): Promise<StoredSettings> {
  const headers = { 'if-match': `"${revision}"`, ...noteHeader(note) }
  return toStored(
    await request(documentSchema, settingsPath(realm), { method: 'PUT', body: changed, headers }),
  )
}

/** The schema that the settings form is generated from. */
export function readSettingsSchema(realm: string, signal?: AbortSignal): Promise<Setting> {
  return request(settingSchema, settingsPath(realm), {
    method: 'POST',
    query: { _action: 'schema' },
    body: {},
    signal,
  })
}

function toStored({ _id, _rev, ...document }: z.infer<typeof documentSchema>): StoredSettings {
  return { document, revision: typeof _rev === 'string' ? _rev : '' }
}
