import { z } from 'zod'
import type { AnyNodeType } from '../engine/node-type.ts'
import { secretMark } from './define-node.ts'

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
