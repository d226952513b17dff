import * as z from 'zod/mini'
import { coloursSchema } from '../../contract/server.ts'
import type { JsonObject } from './json.ts'
import { request } from './request.ts'
import { noteHeader } from './save-note.ts'

const path = '/openidm/config/ui/themerealm'

const themeSchema = z.record(z.string(), z.json())
const themesSchema = z.object({ _rev: z.string(), realm: z.record(z.string(), z.array(themeSchema)) })

/** The themes of one realm. `revision` is the ETag of the themes of all realms. */
export type StoredThemes = { themes: JsonObject[]; revision: string }

/** Source: `docs/operations-wire.md`, "Themes". */
export async function readThemes(realm: string, signal?: AbortSignal): Promise<StoredThemes> {
  return toStored(realm, await request(themesSchema, path, { signal }))
}

/**
 * Replaces the themes of one realm and keeps those of other realms.
 * @throws ApiError 412 after a concurrent change.
 */
export async function saveThemes(
  realm: string,
  themes: readonly JsonObject[],
  revision: string,
  note = '',
): Promise<StoredThemes> {
  const body = { _id: 'ui/themerealm', realm: { [realmKey(realm)]: themes } }
  const headers = { 'if-match': `"${revision}"`, ...noteHeader(note) }
  return toStored(realm, await request(themesSchema, path, { method: 'PUT', body, headers }))
}

const previewSchema = z.object({
  colours: z.object({ light: coloursSchema(), dark: coloursSchema() }),
  pairs: z.array(
    z.object({
      pair: z.tuple([z.string(), z.string()]),
      contrast: z.number(),
      isReadable: z.boolean(),
      isDark: z.boolean(),
    }),
  ),
})

/** The colours that a theme results in, and the contrast of text on its background. */
export type ThemePreview = z.infer<typeof previewSchema>

/** @param theme may be incomplete; it is not saved. */
export function previewTheme(theme: JsonObject, signal?: AbortSignal): Promise<ThemePreview> {
  return request(previewSchema, path, { method: 'POST', query: { _action: 'preview' }, body: theme, signal })
}

function toStored(realm: string, { _rev, realm: all }: z.infer<typeof themesSchema>): StoredThemes {
  return { themes: all[realmKey(realm)] ?? [], revision: _rev }
}

function realmKey(realm: string): string {
  return realm === '/' ? '/' : realm.slice(1)
}
