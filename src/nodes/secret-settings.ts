import { z } from 'zod'
import type { AnyNodeType } from '../engine/node-type.ts'
import { secretMark } from './define-node.ts'

/** What the vendor's schemas mark as passwords, of types that do not run here. Source: "Node configuration reference". */
const vendorsSecrets = [
  'adminPassword',
  'clientSecret',
  'hmacSigningKey',
  'password',
  'secretKey',
  'userBindPassword',
]

/** The settings of a node type that are never shown again. */
export function secretSettingsOf(type: AnyNodeType): readonly string[] {
  return markedIn(type).map(([name]) => name)
}

/**
 * As {@link secretSettingsOf}, by the name of the type. The node designer has no secret properties: custom types have
 * none.
 * @param type what runs here under that name, if something does
 */
export function secretSettingsNamed(name: string, type: AnyNodeType | undefined): readonly string[] {
  if (type !== undefined) return secretSettingsOf(type)
  return name.startsWith('designer-') ? [] : vendorsSecrets
}

/** The secrets that a node cannot do its work without, and that are not set. */
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
