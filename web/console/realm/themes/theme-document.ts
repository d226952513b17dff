import { isSameJson, type JsonObject } from '../../../api/json.ts'
import { ApiError } from '../../../api/request.ts'
import { readThemes, type StoredThemes, saveThemes } from '../../../api/themes.ts'
import type { StoredDocument } from '../../saving/stored-document.ts'
import type { DraftStorage } from '../../saving/use-draft.ts'

/** One theme of a realm's stored themes. */
export function storedTheme({ themes, revision }: StoredThemes, id: string): StoredDocument | undefined {
  const document = themes.find(({ _id }) => _id === id)
  return document && { document, revision }
}

/** Reads and saves one theme of a realm. Changes to other themes are no conflict. */
export function themeStorage(realm: string, id: string): DraftStorage {
  const read = async (): Promise<StoredDocument> => {
    const stored = storedTheme(await readThemes(realm), id)
    if (stored === undefined) throw error(404)
    return stored
  }
  return {
    read,
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
