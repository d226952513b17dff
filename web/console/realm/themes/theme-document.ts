import type { Resources, Stored } from '../../../api/collection.ts'
import { isSameJson, type JsonObject } from '../../../api/json.ts'
import { ApiError } from '../../../api/request.ts'
import { readThemes, type StoredThemes, saveThemes } from '../../../api/themes.ts'
import type { DraftStorage } from '../../saving/use-draft.ts'

/** One theme of a realm's stored themes. */
function storedTheme({ themes, revision }: StoredThemes, id: string): Stored | undefined {
  const document = themes.find(({ _id }) => _id === id)
  return document && { id, document, revision }
}

/** The themes of a realm, which are stored as one document. */
export const themes = {
  name: 'themes',
  async list(realm, signal) {
    const { themes, revision } = await readThemes(realm, signal)
    return themes.map((document) => ({ id: String(document._id), document, revision }))
  },
  async read(realm: string, id: string, signal?: AbortSignal): Promise<Stored> {
    const stored = storedTheme(await readThemes(realm, signal), id)
    if (stored === undefined) throw error(404)
    return stored
  },
  async remove(realm, id) {
    const { themes, revision } = await readThemes(realm)
    const others = themes.filter(({ _id }) => _id !== id)
    await saveThemes(realm, others, revision)
  },
} satisfies Omit<Resources, 'save'>

/** Adds a theme with default colours. @returns its id. */
export async function createTheme(realm: string, name: string): Promise<string> {
  const { themes, revision } = await readThemes(realm)
  const theme = { name, isDefault: themes.length === 0, linkedTrees: [] }
  const saved = await saveThemes(realm, [...themes, theme], revision)
  return String(saved.themes.find((each) => each.name === name)?._id)
}

/** Reads and saves one theme of a realm. Changes to other themes are no conflict. */
export function themeStorage(realm: string, id: string): DraftStorage {
  return {
    read: () => themes.read(realm, id),
    async save(document, base, note) {
      const latest = await readThemes(realm)
      const current = storedTheme(latest, id)
      if (current === undefined) throw error(404)
      if (!isSameJson(current.document, base.document)) throw error(412)
      const others = latest.themes.map((theme) =>
        theme._id === id ? document : withoutTaken(theme, document),
      )
      return storedTheme(await saveThemes(realm, others, latest.revision, note), id) ?? base
    },
  }
}

/** Removes journeys and the default flag that the saved theme took over: a journey has one theme, a realm one default. */
function withoutTaken(theme: JsonObject, saved: JsonObject): JsonObject {
  const taken = new Set(journeysOf(saved))
  const journeys = journeysOf(theme)
  return {
    ...theme,
    ...(saved.isDefault === true && theme.isDefault === true ? { isDefault: false } : {}),
    ...(journeys.some((name) => taken.has(name))
      ? { linkedTrees: journeys.filter((name) => !taken.has(name)) }
      : {}),
  }
}

export function journeysOf({ linkedTrees }: JsonObject): string[] {
  return Array.isArray(linkedTrees) ? linkedTrees.filter((name) => typeof name === 'string') : []
}

function error(code: number): ApiError {
  return new ApiError({ code, reason: '', message: '', detail: undefined })
}
