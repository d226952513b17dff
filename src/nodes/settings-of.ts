import { z } from 'zod'
import type { Json, JsonObject } from '../base/json.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import {
  type EsvLookup,
  hasPlaceholder,
  PlaceholderError,
  type Resolution,
  resolution,
  resolved,
} from '../engine/placeholders.ts'

/** The names of the settings that contain placeholders. */
export function placedIn(config: JsonObject): string[] {
  return Object.entries(config).flatMap(([name, value]) => (hasPlaceholder(value) ? [name] : []))
}

/**
 * The settings of a node with the values of their placeholders, each in a form that its setting takes: a text that is a number
 * becomes one for a setting that takes numbers.
 * @throws PlaceholderError with the setting.
 */
export function resolvedSettings(type: AnyNodeType, config: JsonObject, lookup: EsvLookup): JsonObject {
  const within = resolution(lookup)
  const values = placedIn(config).map(
    (name) => [name, resolvedSetting(type, name, config[name] ?? null, within)] as const,
  )
  return { ...config, ...Object.fromEntries(values) }
}

/** One of the settings of {@link resolvedSettings}. @throws PlaceholderError with the setting. */
export function resolvedSetting(type: AnyNodeType, name: string, value: Json, within: Resolution): Json {
  try {
    const found = resolved(value, within)
    const field = fieldNamed(type, name)
    return field === undefined
      ? found
      : (formsOf(found).find((form) => field.safeParse(form).success) ?? found)
  } catch (error) {
    throw error instanceof PlaceholderError ? error.in(name) : error
  }
}

/**
 * Parses settings without the values of their placeholders, for everything that only looks at a journey. Each setting with a
 * placeholder counts as set to a value that it takes: its text, its default or the first of its choices.
 */
export function parsedSettings(type: AnyNodeType, config: JsonObject) {
  const names = placedIn(config)
  if (names.length === 0) return type.config.safeParse(config)
  const parsed = type.config.safeParse(stoodIn(type, config, names))
  // A type can refuse its own defaults, such as an empty list of headers.
  return parsed.success ? parsed : type.config.safeParse(stoodIn(type, config, names, true))
}

function stoodIn(type: AnyNodeType, config: JsonObject, names: readonly string[], isFilled = false) {
  const { ...stood } = config
  for (const name of names) {
    const field = fieldNamed(type, name)
    const form = field && standIn(field, config[name] ?? null, isFilled)
    if (form === undefined) delete stood[name]
    else stood[name] = form
  }
  return stood
}

/** Like {@link parsedSettings}, but settings with placeholders keep their text. */
export function withPlaceholders(parsed: JsonObject, config: JsonObject): JsonObject {
  return { ...parsed, ...Object.fromEntries(placedIn(config).map((name) => [name, config[name] ?? null])) }
}

/** @returns undefined if the setting may be left out, or takes no such value. */
function standIn(field: z.ZodType, value: Json, isFilled: boolean): Json | undefined {
  if (field.safeParse(value).success) return value
  if (!isFilled && field.safeParse(undefined).success) return undefined
  return [
    ...choicesOf(field),
    'text',
    '1',
    1,
    true,
    ['text'],
    [],
    { text: 'text' },
    {},
    'https://example.com/',
    'example.com',
  ].find((each) => field.safeParse(each).success)
}

function choicesOf(field: z.ZodType): Json[] {
  const inner = field instanceof z.ZodNullable || field instanceof z.ZodOptional ? field.unwrap() : field
  return inner instanceof z.ZodEnum ? z.array(z.json()).parse(Object.values(inner.enum)) : []
}

/** A value, and the other forms that a text or number can have. */
function formsOf(value: Json): Json[] {
  if (typeof value === 'number' || typeof value === 'boolean') return [value, String(value)]
  if (typeof value !== 'string') return [value]
  const trimmed = value.trim()
  const number = trimmed !== '' && Number.isFinite(Number(trimmed)) ? [Number(trimmed)] : []
  const truth = /^(true|false)$/i.test(trimmed) ? [trimmed.toLowerCase() === 'true'] : []
  return [value, ...number, ...truth, ...jsonForms(trimmed), trimmed.split(',').map((each) => each.trim())]
}

function jsonForms(text: string): Json[] {
  if (!/^[[{]/.test(text)) return []
  try {
    return [z.json().parse(JSON.parse(text))]
  } catch {
    return []
  }
}

function fieldNamed(type: AnyNodeType, name: string): z.ZodType | undefined {
  const shape = type.config instanceof z.ZodObject ? type.config.shape : {}
  const field: unknown = Object.hasOwn(shape, name) ? shape[name] : undefined
  return field instanceof z.ZodType ? field : undefined
}
