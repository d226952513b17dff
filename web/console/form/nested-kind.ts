import type { Json } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'
import { typeOf } from './field-kind.ts'

/** How a setting that has settings inside is shown; a `leaf` has none. */
export type NestedKind = 'leaf' | 'group' | 'optional' | 'items' | 'texts-by-key'

export function nestedKindOf(setting: Setting): NestedKind {
  if (setting.properties !== undefined) return 'group'
  if (optionalPart(setting) !== undefined) return 'optional'
  if (setting.items?.properties !== undefined) return 'items'
  return textsByKey(setting) === undefined ? 'leaf' : 'texts-by-key'
}

/** The group that is there or null. */
export function optionalPart({ anyOf }: Setting): Setting | undefined {
  return anyOf?.find(({ properties }) => properties !== undefined)
}

/** What each value of a map is, where it is a text in several languages. */
export function textsByKey({ additionalProperties }: Setting): Setting | undefined {
  if (typeof additionalProperties !== 'object' || typeOf(additionalProperties) !== 'object') return undefined
  return additionalProperties.refers?.to === 'localisedText' ? additionalProperties : undefined
}

/** Settings of a group in the order of their form. */
export function inOrder({ properties = {} }: Setting): [name: string, setting: Setting][] {
  return Object.entries(properties).sort(([, one], [, other]) => one.propertyOrder - other.propertyOrder)
}

/** A setting at its place in a document, with what is wrong there. */
export type NestedProps = {
  path: readonly string[]
  setting: Setting
  value: Json | undefined
  /** What cannot be saved as it stands there, by place: `lockout.maxFailures`. */
  problems: ReadonlyMap<string, string>
  onChange(path: readonly string[], value: Json | undefined): void
}
