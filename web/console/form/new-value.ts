import type { Json, JsonObject } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'
import { mayBeNull, typeOf } from './field-kind.ts'

/** Initial value of a new item: defaults, or empty values where there are none. */
export function newValueOf({ properties = {} }: Setting): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, setting]) => [
      name,
      setting.default === undefined ? emptyOf(setting) : setting.default,
    ]),
  )
}

function emptyOf(setting: Setting): Json {
  if (mayBeNull(setting)) return null
  switch (typeOf(setting)) {
    case 'array':
      return []
    case 'object':
      return {}
    case 'boolean':
      return false
    default:
      return ''
  }
}
