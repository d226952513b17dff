import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../base/json.ts'
import { attributeFormats, type CustomAttribute, formatOf, isInternalName } from './attribute.ts'
import type { Policy } from './policies.ts'
import { defaultRules, generalTypeOf, isFixedName, schemaProperty, userSchema } from './user-schema.ts'

// Managed object types as the vendor's tools exchange them. Source: "Managed object configuration" in the PingIDM
// documentation.

/** What a tenant's definition of people adds to ours. */
export type ReadSchema = {
  attributes: CustomAttribute[]
  /** What doesn't work here, in words: relationships, computed attributes, policies that don't exist here. */
  ignored: string[]
}

const propertySchema = z.looseObject({
  title: z.string().nullish(),
  description: z.string().nullish(),
  type: z.union([z.string(), z.array(z.string())]),
  viewable: z.boolean().nullish(),
  searchable: z.boolean().nullish(),
  userEditable: z.boolean().nullish(),
  isPersonal: z.boolean().nullish(),
  isVirtual: z.boolean().nullish(),
  items: z.looseObject({ type: z.json().nullish() }).nullish(),
  policies: z.array(z.looseObject({ policyId: z.string(), params: z.json().nullish() })).nullish(),
})

/** The definition of one type of managed objects. Members that the server doesn't use are kept. */
export const managedObjectSchema = z.looseObject({
  name: z.string().min(1).max(200),
  schema: z
    .looseObject({
      properties: z.record(z.string(), jsonObjectSchema).default({}),
      required: z.array(z.string()).default([]),
      order: z.array(z.string()).nullish(),
    })
    .optional(),
})

/** Reads the attributes that a definition of people adds. Ours stay as they are, whatever the definition says. */
export function customAttributesIn(definition: z.infer<typeof managedObjectSchema>): ReadSchema {
  const { properties = {}, required = [], order } = definition.schema ?? {}
  const read: ReadSchema = { attributes: [], ignored: [] }
  const names = Object.keys(properties)
  const place = (name: string) => (order?.includes(name) ? order.indexOf(name) : names.length)
  for (const name of names.toSorted((one, other) => place(one) - place(other))) {
    if (isFixedName(name)) continue
    const attribute = readAttribute(name, properties[name] ?? {}, required.includes(name), read.ignored)
    if (attribute !== undefined && !isUnchanged(attribute)) read.attributes.push(attribute)
  }
  return read
}

function readAttribute(
  name: string,
  property: JsonObject,
  isRequired: boolean,
  ignored: string[],
): CustomAttribute | undefined {
  if (isInternalName(name)) {
    ignored.push(`${name}: the server uses an attribute of this name itself`)
    return undefined
  }
  const parsed = propertySchema.safeParse(property)
  const type = parsed.data && (generalTypeOf(name) ?? typeOf(parsed.data))
  if (parsed.data === undefined || type === undefined || parsed.data.isVirtual === true) {
    ignored.push(`${name}: only texts, numbers, booleans and lists of texts work here`)
    return undefined
  }
  const { title, description, viewable, searchable, userEditable, isPersonal, policies } = parsed.data
  const attribute: CustomAttribute = {
    name,
    title: (title ?? '').slice(0, 200),
    description: (description ?? '').slice(0, 1000),
    type,
    isRequired,
    viewable: viewable ?? true,
    userEditable: userEditable ?? true,
    searchable: searchable ?? true,
    isPersonal: isPersonal ?? false,
    ...noLimits,
  }
  for (const { policyId, params } of policies ?? []) {
    const isKnown = addPolicy(attribute, { policyId, params: objectOr(params) })
    if (!isKnown) ignored.push(`${name}: the policy ${policyId} isn’t checked here`)
  }
  return attribute
}

const noLimits = { format: 'any', minLength: null, maxLength: null, minimum: null, maximum: null } as const

/** A list of types has one besides `null`. */
function typeOf({ type, items }: z.infer<typeof propertySchema>): CustomAttribute['type'] | undefined {
  const [first, ...others] = [type].flat().filter((each) => each !== 'null')
  if (first === undefined || others.length > 0) return undefined
  if (first === 'array') return items?.type === undefined || items.type === 'string' ? 'array' : undefined
  return scalarTypes.find((each) => each === first)
}

const scalarTypes = ['string', 'number', 'integer', 'boolean'] as const

/** @returns false for a policy that has no setting here. */
function addPolicy(attribute: CustomAttribute, { policyId, params = {} }: Policy): boolean {
  const format = attributeFormats.find((each) => formatOf(each) === policyId)
  if (format !== undefined) {
    attribute.format = format
    return true
  }
  switch (policyId) {
    case 'required':
    case 'not-empty':
    case 'valid-type':
      return true
    case 'minimum-length':
      attribute.minLength = numberIn(params.minLength)
      return true
    case 'maximum-length':
      attribute.maxLength = numberIn(params.maxLength)
      return true
    case 'minimum-number':
      attribute.minimum = numberIn(params.minimum)
      return true
    case 'maximum-number':
      attribute.maximum = numberIn(params.maximum)
      return true
    default:
      return false
  }
}

function objectOr(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function numberIn(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null
}

/** Whether a general-purpose attribute is as in every realm. */
function isUnchanged(attribute: CustomAttribute): boolean {
  if (generalTypeOf(attribute.name) === undefined) return false
  const rules = { ...defaultRules, customAttributes: [attribute] }
  const { usageDescription: _usage, ...before } = schemaProperty(attribute.name) ?? {}
  const { usageDescription: _same, ...after } = schemaProperty(attribute.name, rules) ?? {}
  return !attribute.isRequired && isDeepStrictEqual(comparable(before), comparable(after))
}

/** Tenants differ in how they describe attributes that nobody changed. */
function comparable({ description: _described, searchable: _searched, ...others }: Record<string, unknown>) {
  return others
}

/**
 * The definition of a realm's people: the one that was received, with the attributes that the realm has now.
 * @param kept the definition as received; undefined if there was none.
 */
export function managedObject(
  name: string,
  kept: JsonObject | undefined,
  attributes: readonly CustomAttribute[],
): JsonObject {
  const { _id, ...schema } = userSchema(name, { ...defaultRules, customAttributes: attributes })
  if (kept === undefined) return { name, type: 'Managed Object', schema }
  const parsed = managedObjectSchema.parse(kept)
  const before = customAttributesIn(parsed).attributes
  if (isDeepStrictEqual(before, attributes)) return kept
  return { ...kept, schema: changedSchema(objectOr(kept.schema), schema, before, attributes) }
}

/** The received schema with the attributes that were changed here since. */
function changedSchema(
  received: JsonObject,
  ours: JsonObject,
  before: readonly CustomAttribute[],
  after: readonly CustomAttribute[],
): JsonObject {
  const isSame = (attribute: CustomAttribute) => before.some((other) => isDeepStrictEqual(other, attribute))
  const gone = before.filter(({ name }) => !after.some((other) => other.name === name))
  const changed = after.filter((attribute) => !isSame(attribute))
  const properties = { ...objectOr(received.properties) }
  for (const { name } of gone) delete properties[name]
  for (const { name } of changed)
    properties[name] = { ...objectOr(properties[name]), ...objectOr(objectOr(ours.properties)[name]) }
  const isGone = (name: Json) => gone.some((attribute) => attribute.name === name)
  const isOptional = (name: Json) => after.some((each) => each.name === name && !each.isRequired)
  const listed = (list: Json | undefined) => (Array.isArray(list) ? list.filter((name) => !isGone(name)) : [])
  const required = after.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return {
    ...received,
    properties,
    order: [...new Set([...listed(received.order), ...after.map(({ name }) => name)])],
    required: [...new Set([...listed(received.required).filter((name) => !isOptional(name)), ...required])],
  }
}
