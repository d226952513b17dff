import * as z from 'zod/mini'

const typeSchema = z.optional(z.union([z.string(), z.array(z.string())]))

/** JSON Schema of a setting, with the vendor's members for forms. */
export const settingSchema = z.looseObject({
  type: typeSchema,
  title: z._default(z.string(), ''),
  description: z._default(z.string(), ''),
  propertyOrder: z._default(z.number(), 0),
  default: z.optional(z.json()),
  /** The only allowed value. */
  const: z.optional(z.json()),
  enum: z.optional(z.array(z.json())),
  options: z.optional(z.looseObject({ enum_titles: z.optional(z.array(z.json())) })),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  minLength: z.optional(z.number()),
  required: z.optional(z.array(z.string())),
  refers: z.optional(
    z.looseObject({
      to: z.string(),
      contexts: z.optional(z.array(z.string())),
      imitable: z.optional(z.boolean()),
      hasWildcard: z.optional(z.boolean()),
    }),
  ),
  get properties() {
    return z.optional(z.record(z.string(), settingSchema))
  },
  get items() {
    return z.optional(settingSchema)
  },
  /** The schema of the keys of `additionalProperties`. Those with a title mean something to people. */
  propertyNames: z.optional(z.looseObject({ title: z.optional(z.string()) })),
  get additionalProperties() {
    return z.optional(z.union([z.boolean(), settingSchema]))
  },
  get patternProperties() {
    return z.optional(z.record(z.string(), settingSchema))
  },
  /** Groups of settings, of which a value has one. */
  get oneOf() {
    return z.optional(z.array(settingSchema))
  },
  /** Usually a type and `null`. */
  get anyOf() {
    return z.optional(z.array(settingSchema))
  },
})

export type Setting = z.infer<typeof settingSchema>
