import type { Json, JsonObject } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'
import { typeOf } from './field-kind.ts'

/** Initial value of a new item: defaults, or empty values where there are none. */
export function newValueOf({ properties = {} }: Setting): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, setting]) => [name, setting.default ?? emptyOf(setting)]),
  )
}

function emptyOf(setting: Setting): Json {
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
