import { isJsonObject, type Json } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'

/** The form field for a setting. */
export type FieldKind =
  | 'hidden'
  | 'text'
  | 'number'
  | 'switch'
  | 'choice'
  | 'choices'
  | 'list'
  | 'map'
  | 'texts'
  | 'script'
  | 'journey'
  | 'template'
  | 'providers'
  | 'node-type'
  | 'secret'
  | 'json'

/** Chosen by what the setting refers to, then by its JSON type. A value of another type is shown as JSON. */
export function fieldKindOf(setting: Setting, value: Json | undefined): FieldKind {
  const kind = expectedKind(setting)
  return value == null || fits(kind, value) ? kind : 'json'
}

function expectedKind(setting: Setting): FieldKind {
  switch (setting.refers?.to) {
    case 'nodes':
      return 'hidden'
    case 'secret':
      return 'secret'
    case 'script':
      return 'script'
    case 'journey':
      return 'journey'
    case 'emailTemplate':
      return 'template'
    case 'nodeType':
      return 'node-type'
    case 'identityProvider':
      return typeOf(setting) === 'array' ? 'providers' : 'text'
    case 'localisedText':
      return typeOf(setting) === 'object' ? 'texts' : 'json'
    default:
      return kindByType(setting)
  }
}

function kindByType(setting: Setting): FieldKind {
  if (setting.enum !== undefined) return 'choice'
  switch (typeOf(setting)) {
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'switch'
    case 'array':
      if (setting.items?.enum !== undefined) return 'choices'
      return setting.items !== undefined && typeOf(setting.items) === 'string' ? 'list' : 'json'
    case 'object':
      return valueType(setting) === 'string' ? 'map' : 'json'
    default:
      return 'json'
  }
}

/** The type besides `null`; `null` means that the value is optional. */
export function typeOf(setting: Setting): string | undefined {
  const types = typeof setting.type === 'string' ? [setting.type] : (setting.type ?? [])
  const others = (setting.anyOf ?? []).flatMap(({ type }) => type ?? [])
  return [...types, ...others].find((type) => type !== 'null')
}

export function mayBeNull(setting: Setting): boolean {
  const isNull = (type: unknown) => type === 'null' || (Array.isArray(type) && type.includes('null'))
  return isNull(setting.type) || (setting.anyOf ?? []).some(({ type }) => isNull(type))
}

/** The value of an emptied field. Optional settings are left out. */
export function emptyValue(setting: Setting, isRequired: boolean): Json | undefined {
  if (mayBeNull(setting)) return null
  return isRequired && typeOf(setting) === 'string' ? '' : undefined
}

function valueType(setting: Setting): string | undefined {
  const values = setting.additionalProperties ?? setting.patternProperties?.['.*']
  return typeof values === 'object' ? typeOf(values) : undefined
}

function fits(kind: FieldKind, value: Json): boolean {
  const isText = (item: Json) => typeof item === 'string'
  switch (kind) {
    case 'number':
      return typeof value === 'number'
    case 'switch':
      return typeof value === 'boolean'
    case 'list':
    case 'choices':
    case 'providers':
      return Array.isArray(value) && value.every(isText)
    case 'map':
    case 'texts':
      return isJsonObject(value) && Object.values(value).every(isText)
    case 'hidden':
    case 'json':
    case 'secret':
      return true
    case 'choice':
      return typeof value !== 'object'
    default:
      return typeof value === 'string'
  }
}
