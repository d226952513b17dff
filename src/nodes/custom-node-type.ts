import { z } from 'zod'
import { jsonSchema } from '../base/json.ts'

/** The outcome that `errorOutcome` adds. Custom types can't define it themselves. */
export const scriptError = 'Script Error'

const text = z.string('must be a string')
const label = text.refine((value) => value.trim() !== '', 'must not be blank')
const stateKeys = z.array(text, 'must be a list of state keys').default([])

/** Names reserved for the node's REST resource. */
const takenNames = new Set(['_id', '_rev', '_type', '_outcomes'])

const propertyName = z
  .string()
  .regex(/^\w+$/, 'a property name has letters, digits and underscores only')
  .refine((name) => !takenNames.has(name), 'this property name is reserved')

const optionKey = z.string().regex(/^(?!\d+$)\w+$/, 'an option key has letters, digits and underscores only')

/** The reason why a key is invalid, which zod reports one level deeper. */
function keyProblem(issue: z.core.$ZodRawIssue): string {
  const [reason] = issue.code === 'invalid_key' ? issue.issues : []
  return reason?.message ?? 'must be an object'
}

const valueSchemas = {
  STRING: z.string(),
  NUMBER: z.number(),
  BOOLEAN: z.boolean(),
  OBJECT: z.record(z.string(), z.json()),
}

/** A setting of a custom node type. Strict, because a misspelt member would silently change the form. */
const propertySchema = z
  .strictObject({
    title: label,
    description: text.default(''),
    type: z.enum(['STRING', 'NUMBER', 'BOOLEAN', 'OBJECT']),
    required: z.boolean().default(false),
    /** With `multivalued` a list, with `options` one of their keys. */
    defaultValue: jsonSchema.exactOptional(),
    multivalued: z.boolean().default(false),
    /** Labels by key. The script gets the key. */
    options: z.record(optionKey, text, { error: keyProblem }).exactOptional(),
  })
  .superRefine((property, context) => {
    const refuse = (member: string, message: string) =>
      context.addIssue({ code: 'custom', path: [member], message })
    if (property.multivalued && property.type === 'OBJECT') refuse('multivalued', 'an object has one value')
    if (property.multivalued && hasOptions(property)) {
      refuse('multivalued', 'a property with options has one value')
    }
    if (property.type !== 'STRING' && hasOptions(property)) {
      refuse('options', 'only a property of type STRING has options')
    }
    if (property.defaultValue === undefined) return
    if (!valueSchema(property).safeParse(property.defaultValue).success) {
      refuse('defaultValue', `must be ${expected(property)}`)
    }
  })

const outcomesSchema = z
  .array(label, 'must be a list of outcomes')
  .min(1, 'a node type has at least one outcome')
  .refine(areUnique, 'outcomes must differ')
  .refine((outcomes) => !outcomes.includes(scriptError), `the outcome ${scriptError} is reserved`)

/**
 * A node type defined by an administrator: its settings, outcomes and script. Drops members of the REST resource
 * (`_id`, `_rev`). Source: "Node designer".
 */
export const customNodeTypeSchema = z.object({
  serviceName: text.regex(/^[a-z0-9]+$/, 'a service name has lower-case letters and digits only'),
  version: z.int('must be a whole number').min(1, 'versions begin with 1').default(1),
  displayName: label,
  description: text.default(''),
  outcomes: outcomesSchema,
  inputs: stateKeys,
  outputs: stateKeys,
  script: text,
  errorOutcome: z.boolean('must be true or false').default(false),
  tags: z.array(text, 'must be a list of tags').default([]),
  properties: z
    .record(propertyName, propertySchema, { error: keyProblem })
    .refine((all) => areUnique(Object.values(all).map(({ title }) => title)), 'property titles must differ')
    .default({}),
})

export type CustomNodeType = z.infer<typeof customNodeTypeSchema>
export type CustomProperty = z.infer<typeof propertySchema>

/** Id among custom node types and in exports. */
export function customNodeTypeId({ serviceName, version }: CustomNodeType): string {
  return `${serviceName}-${version}`
}

/** The schema of a property's values. */
export function valueSchema(property: CustomProperty) {
  if (hasOptions(property)) return z.enum(Object.keys(property.options))
  const one = valueSchemas[property.type]
  return property.multivalued ? z.array(one) : one
}

/** Whether values are limited to options. An empty map allows any value. */
export function hasOptions<Property extends Pick<CustomProperty, 'options'>>(
  property: Property,
): property is Property & { options: Record<string, string> } {
  return Object.keys(property.options ?? {}).length > 0
}

function expected(property: CustomProperty): string {
  if (hasOptions(property)) return `one of ${Object.keys(property.options).join(', ')}`
  return `${property.multivalued ? 'a list of values' : 'a value'} of type ${property.type}`
}

function areUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length
}
