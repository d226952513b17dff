import { isJsonObject, type Json } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'
import { typeOf } from './field-kind.ts'

/** The form layout for a setting with nested settings. A `leaf` has none. */
export type NestedKind = 'leaf' | 'group' | 'optional' | 'variants' | 'items' | 'texts-by-key'

export function nestedKindOf(setting: Setting): NestedKind {
  if (setting.properties !== undefined) return 'group'
  if (optionalPart(setting) !== undefined) return 'optional'
  if (variantsOf(setting) !== undefined) return 'variants'
  if (setting.items?.properties !== undefined) return 'items'
  return textsByKey(setting) === undefined ? 'leaf' : 'texts-by-key'
}

/** The group of a setting that is either a group or null. */
export function optionalPart({ anyOf }: Setting): Setting | undefined {
  return anyOf?.find(({ properties }) => properties !== undefined)
}

/** The groups of a setting that is one of several groups or null. */
export function variantsOf({ anyOf }: Setting): readonly Setting[] | undefined {
  return anyOf?.find(({ oneOf }) => oneOf !== undefined)?.oneOf
}

/** The member that tells groups apart, and its value. */
export function markOf({ properties = {} }: Setting): [name: string, value: Json] | undefined {
  return Object.entries(properties).flatMap(([name, setting]): [string, Json][] =>
    setting.const === undefined ? [] : [[name, setting.const]],
  )[0]
}

/** The group that a value belongs to, without the mark. */
export function variantFor(setting: Setting, value: Json | undefined): Setting | undefined {
  const found = variantsOf(setting)?.find((variant) => {
    const [name = '', mark] = markOf(variant) ?? []
    return isJsonObject(value) && value[name] === mark
  })
  if (found === undefined) return undefined
  const settings = Object.entries(found.properties ?? {}).filter(([, each]) => each.const === undefined)
  return { ...found, properties: Object.fromEntries(settings) }
}

/** The value schema of a map of texts in several languages. */
export function textsByKey({ additionalProperties }: Setting): Setting | undefined {
  if (typeof additionalProperties !== 'object' || typeOf(additionalProperties) !== 'object') return undefined
  return additionalProperties.refers?.to === 'localisedText' ? additionalProperties : undefined
}

/** Settings of a group in form order. */
export function inOrder({ properties = {} }: Setting): [name: string, setting: Setting][] {
  return Object.entries(properties).sort(([, one], [, other]) => one.propertyOrder - other.propertyOrder)
}

/** Props of a setting at a path in a document. */
export type NestedProps = {
  path: readonly string[]
  setting: Setting
  value: Json | undefined
  /** Validation problems by path: `lockout.maxFailures`. */
  problems: ReadonlyMap<string, string>
  onChange(path: readonly string[], value: Json | undefined): void
}
