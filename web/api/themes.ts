import * as z from 'zod/mini'
import { coloursSchema } from './appearance.ts'
import type { JsonObject } from './json.ts'
import { request } from './request.ts'

const path = '/openidm/config/ui/themerealm'

const themeSchema = z.record(z.string(), z.json())
const themesSchema = z.object({ _rev: z.string(), realm: z.record(z.string(), z.array(themeSchema)) })

/** The themes of one realm, whole; the revision is that of all realms' themes. */
export type StoredThemes = { themes: JsonObject[]; revision: string }

/** Source: `docs/operations-wire.md`, "Themes". */
export async function readThemes(realm: string, signal?: AbortSignal): Promise<StoredThemes> {
  return toStored(realm, await request(themesSchema, path, { signal }))
}

/**
 * Puts these in the place of a realm's themes; those of other realms stay.
 * @throws ApiError 412 when somebody else saved themes since.
 */
export async function saveThemes(
  realm: string,
  themes: readonly JsonObject[],
  revision: string,
): Promise<StoredThemes> {
  const body = { _id: 'ui/themerealm', realm: { [realmKey(realm)]: themes } }
  const headers = { 'if-match': `"${revision}"` }
  return toStored(realm, await request(themesSchema, path, { method: 'PUT', body, headers }))
}

const previewSchema = z.object({
  colours: z.object({ light: coloursSchema, dark: coloursSchema }),
  pairs: z.array(
    z.object({
      pair: z.tuple([z.string(), z.string()]),
      contrast: z.number(),
      isReadable: z.boolean(),
      isDark: z.boolean(),
    }),
  ),
})

/** How the pages of a theme would look, and how far the colours that stand on each other are apart. */
export type ThemePreview = z.infer<typeof previewSchema>

/** @param theme half typed or not; nothing is kept. */
export function previewTheme(theme: JsonObject, signal?: AbortSignal): Promise<ThemePreview> {
  return request(previewSchema, path, { method: 'POST', query: { _action: 'preview' }, body: theme, signal })
}

function toStored(realm: string, { _rev, realm: all }: z.infer<typeof themesSchema>): StoredThemes {
  return { themes: all[realmKey(realm)] ?? [], revision: _rev }
}

function realmKey(realm: string): string {
  return realm === '/' ? '/' : realm.slice(1)
}
