import { z } from 'zod'
import type { Json, JsonObject } from '../base/json.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { nowhere, secretMark } from './define-node.ts'

/**
 * Settings that the vendor's schemas mark as passwords, for node types that this server doesn't have. Source: "Node
 * configuration reference".
 */
const vendorsSecrets = [
  'adminPassword',
  'clientSecret',
  'hmacSigningKey',
  'password',
  'secretKey',
  'userBindPassword',
]

/** The secret settings of a node type. */
export function secretSettingsOf(type: AnyNodeType): readonly string[] {
  return markedIn(type).map(([name]) => name)
}

/**
 * The secret settings of a type by its name. Custom types can't have any.
 * @param type the node type, if this server has it
 */
export function secretSettingsNamed(name: string, type: AnyNodeType | undefined): readonly string[] {
  if (type !== undefined && type.standIn === undefined) return secretSettingsOf(type)
  return name.startsWith('designer-') ? [] : vendorsSecrets
}

/**
 * The settings that say where a secret of a node goes.
 * @param type undefined for a type that this server doesn't have. Any of its settings may say it.
 */
export function placesOfSecret(
  type: AnyNodeType | undefined,
  secret: string,
  config: JsonObject,
): readonly string[] {
  if (type === undefined) {
    // rule R10: otherwise a secret of a type that the server lacks goes anywhere
    return Object.keys(config).filter((name) => !name.startsWith('_') && !vendorsSecrets.includes(name))
  }
  const goesTo = markedIn(type).find(([name]) => name === secret)?.[1].goesTo ?? nowhere
  return goesTo === nowhere ? [] : goesTo
}

/** The value of a setting, or its default. */
export function effectiveSetting(
  type: AnyNodeType | undefined,
  name: string,
  config: JsonObject,
): Json | undefined {
  const value = config[name]
  const field = type?.config instanceof z.ZodObject ? type.config.shape[name] : undefined
  if (value !== undefined || !(field instanceof z.ZodType)) return value
  return z.json().safeParse(field.safeParse(undefined).data).data
}

/** Required secrets of a node that are unset. */
export function missingSecrets(type: AnyNodeType, settings: Readonly<Record<string, unknown>>): string[] {
  return markedIn(type)
    .filter(([name, mark]) => mark.isNeeded(settings) && !settings[name])
    .map(([name]) => name)
}

function markedIn(type: AnyNodeType) {
  const shape = type.config instanceof z.ZodObject ? type.config.shape : {}
  return Object.entries(shape).flatMap(([name, field]) => {
    const mark = field instanceof z.ZodType ? secretMark.get(field) : undefined
    return mark === undefined ? [] : [[name, mark] as const]
  })
}
