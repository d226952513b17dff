import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import {
  type EsvLookup,
  hasPlaceholder,
  PlaceholderError,
  resolution,
  resolved,
  storedVariables,
} from '../../engine/placeholders.ts'
import { type StoredTheme, themeSchema } from '../../realms/theme.ts'

/** A theme without its placeholders, whose values are checked where pages use them. The name is never one. */
export function withoutPlaceholders(theme: Json): Json {
  if (!isJsonObject(theme)) return theme
  const members = Object.entries(theme).flatMap(([name, value]): [string, Json][] => {
    if (name === 'name' || !hasPlaceholder(value)) return [[name, value]]
    return name === 'dark' ? [[name, withoutPlaceholders(value)]] : []
  })
  return Object.fromEntries(members)
}

/** Themes that pages don't use, because a placeholder has no value that everyone may see, or not one that fits. */
export function placeholderFindings(
  realm: string,
  themes: readonly StoredTheme[],
  lookup: EsvLookup,
): JsonObject[] {
  return themes.flatMap(({ document }) => {
    if (!hasPlaceholder(document)) return []
    const theme = document.name ?? null
    const message = problemOf(document, lookup)
    return message === undefined ? [] : [{ realm, theme, message: `Theme ${theme}: ${message}` }]
  })
}

function problemOf(document: JsonObject, lookup: EsvLookup): string | undefined {
  try {
    const { error } = themeSchema.safeParse(resolved(document, resolution(storedVariables(lookup))))
    const [issue] = error?.issues ?? []
    return issue && `pages ignore ${issue.path.join('.')}, because the value of its variable does not fit`
  } catch (error) {
    if (!(error instanceof PlaceholderError)) throw error
    return `pages do not use it: ${error.message}`
  }
}
