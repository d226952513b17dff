import { z } from 'zod'
import { defined } from '../base/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { secretSettingsOf } from './secret-settings.ts'
import { parsedSettings, withPlaceholders } from './settings-of.ts'

/** A setting in AM's `schema` response. */
export type PropertySchema = {
  title: string
  description: string
  /** The order in forms: 100, 200 and so on. */
  propertyOrder: number
  type: string
  /** Set for secret settings. */
  format?: 'password'
  exampleValue: string
  default?: Json
  enum?: Json[]
  options?: { enum_titles: Json[] }
  items?: { type: string }
  /** Set for maps. */
  patternProperties?: { '.*': { type: string } }
}

export type NodeSchema = { type: 'object'; properties: Record<string, PropertySchema>; required: string[] }

/** AM's response to `?_action=schema`, from which clients build forms. */
export function schemaOf(type: AnyNodeType): NodeSchema {
  const described = jsonSchemaOf(type)
  const fields = Object.entries(fieldsOf(type))
  const secrets = new Set(secretSettingsOf(type))
  const properties = fields.map(([name, field], place) => {
    const given = described[name]
    const property = propertySchema(name, isJsonObject(given) ? given : {}, defaultOf(field), place)
    return [name, secrets.has(name) ? { ...property, format: 'password' as const } : property] as const
  })
  const required = fields.filter(([, field]) => !isOptional(field)).map(([name]) => name)
  return { type: 'object', properties: Object.fromEntries(properties), required }
}

/** AM's response to `?_action=template`: the default settings. */
export function templateOf(type: AnyNodeType): JsonObject {
  const { properties } = schemaOf(type)
  const defaults = Object.entries(properties).map(([name, property]) => [name, property.default] as const)
  return Object.fromEntries(defaults.filter((entry): entry is [string, Json] => entry[1] !== undefined))
}

/** Names of all settings. */
export function validAttributes(type: AnyNodeType): string[] {
  return Object.keys(fieldsOf(type))
}

export type ParsedNode =
  /** The settings, including defaults. */
  | { ok: true; config: JsonObject }
  | { ok: false; unknownAttributes: string[] }
  /** `message` names the setting and the expected value. */
  | { ok: false; attribute: string; message: string }

/** Members of a node resource that the server sets. */
const resourceMembers = new Set(['_id', '_rev', '_type', '_outcomes'])

/** Obsolete settings. They are kept so that exports stay unchanged. */
const formerSettings: Readonly<Record<string, readonly string[]>> = {
  IotRegistrationNode: ['nameValidationRegex'],
  ...Object.fromEntries(
    [
      'AttributeCollectorNode',
      'CreateObjectNode',
      'EmailSuspendNode',
      'IdentifyExistingUserNode',
      'IncrementLoginCountNode',
      'KbaCreateNode',
      'LoginCountDecisionNode',
      'PatchObjectNode',
      'QueryFilterDecisionNode',
      'ValidatedPasswordNode',
      'ValidatedUsernameNode',
    ].map((type) => [type, ['objectType']]),
  ),
}

/** Parses the body of a node resource. Unknown members are rejected, because a misspelt setting would be lost. */
export function parseNodeBody(type: AnyNodeType, body: JsonObject): ParsedNode {
  const former = new Set(Object.hasOwn(formerSettings, type.type) ? formerSettings[type.type] : [])
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => former.has(name)))
  const sent = Object.entries(body).filter(([name]) => !resourceMembers.has(name) && !former.has(name))
  const fields = fieldsOf(type)
  // Settings of types that can't run here are kept as they are, with what the other server said about the node.
  const isKept = type.standIn !== undefined
  Object.assign(kept, statedMembers(type, body))
  const unknownAttributes = isKept
    ? []
    : sent.map(([name]) => name).filter((name) => !Object.hasOwn(fields, name))
  if (unknownAttributes.length > 0) return { ok: false, unknownAttributes }
  const settings = Object.fromEntries(sent)
  const parsed = parsedSettings(type, settings)
  if (parsed.success) return { ok: true, config: { ...withPlaceholders(parsed.data, settings), ...kept } }
  const [issue] = parsed.error.issues
  const attribute = String(issue?.path[0] ?? '')
  const title = fields[attribute]?.meta()?.title ?? attribute
  return {
    ok: false,
    attribute,
    message: `Data validation failed for the attribute, ${title}: ${issue?.path.join('.')}: ${issue?.message}`,
  }
}

/** What another server said about a node that can't run here: the name of its type, and outcomes that the type doesn't know. */
export function statedMembers({ type, standIn }: AnyNodeType, { _type, _outcomes }: JsonObject): JsonObject {
  if (standIn === undefined) return {}
  return {
    ...(isJsonObject(_type) && _type._id === type ? { _type } : {}),
    ...(standIn.hasOwnOutcomes || _outcomes === undefined ? {} : { _outcomes }),
  }
}

/** The schemas of a type's settings by name, with their titles and references as metadata. */
export function fieldsOf(type: AnyNodeType): Readonly<Record<string, z.ZodType>> {
  return type.config instanceof z.ZodObject ? type.config.shape : {}
}

function isOptional(field: z.ZodType): boolean {
  return field instanceof z.ZodOptional || field instanceof z.ZodExactOptional
}

/** The initial value in forms, which may be invalid. */
function defaultOf(field: z.ZodType): Json | undefined {
  if (field instanceof z.ZodDefault || field instanceof z.ZodPrefault) {
    return z.json().parse(field.def.defaultValue)
  }
  return undefined
}

function jsonSchemaOf(type: AnyNodeType): JsonObject {
  // Settings of any JSON have no useful schema, only titles and descriptions.
  const schema = z.toJSONSchema(type.config, { io: 'input', unrepresentable: 'any' })
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(schema.properties ?? {})))
}

function propertySchema(
  name: string,
  given: JsonObject,
  preset: Json | undefined,
  place: number,
): PropertySchema {
  const choices = Array.isArray(given.enum) ? given.enum : undefined
  const isMap = given.type === 'object' && isJsonObject(given.additionalProperties)
  return {
    title: textOr(given.title, name),
    description: textOr(given.description, ''),
    propertyOrder: (place + 1) * 100,
    type: textOr(given.type, 'object'),
    exampleValue: textOr(given.exampleValue, ''),
    ...defined({ default: preset }),
    ...(choices && { enum: choices, options: { enum_titles: titlesOf(given, choices) } }),
    ...(given.type === 'array' ? { items: { type: typeIn(given.items) } } : {}),
    ...(isMap ? { patternProperties: { '.*': { type: typeIn(given.additionalProperties) } } } : {}),
  }
}

function titlesOf(given: JsonObject, choices: Json[]): Json[] {
  const titles = isJsonObject(given.options) ? given.options.enum_titles : undefined
  return Array.isArray(titles) ? titles : choices
}

function typeIn(schema: Json | undefined): string {
  return isJsonObject(schema) ? textOr(schema.type, 'object') : 'object'
}

function textOr(value: Json | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}
