import { z } from 'zod'
import { attributeFormats, type CustomAttribute, isInternalName } from '../attributes/attribute.ts'
import { generalTypeOf, isFixedName } from '../attributes/user-schema.ts'

const limit = z.number().nullable().default(null)
const length = z.int().min(0).nullable().default(null)

const name = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]\w*$/, 'must start with a letter and have only letters, digits and underscores')
  .refine((text) => !isFixedName(text), 'is the name of an attribute that everybody has')
  .refine((text) => !isInternalName(text), 'is the name of an attribute that the server uses itself')

const customAttributeSchema = z
  .object({
    name: name.meta({
      title: 'Name',
      description:
        'As journeys, scripts and exports use it, such as custom_badge. Values are stored under it.',
    }),
    title: z.string().max(200).default('').meta({
      title: 'Title',
      description: 'Shown to people. If empty, the name.',
    }),
    description: z.string().max(1000).default('').meta({
      title: 'Description',
      description: 'For administrators and applications. If empty, the title.',
    }),
    type: z
      .enum(['string', 'number', 'integer', 'boolean', 'array'])
      .default('string')
      .meta({
        title: 'Type',
        description: 'Existing values are not converted.',
        options: { enum_titles: ['Text', 'Number', 'Whole number', 'Yes or no', 'List of texts'] },
      }),
    isRequired: z.boolean().default(false).meta({
      title: 'Required',
      description: 'New people need a value. Existing people without one can sign in as before.',
    }),
    viewable: z.boolean().default(true).meta({
      title: 'Visible',
      description: 'Journeys can ask for it and show it.',
    }),
    userEditable: z.boolean().default(true).meta({
      title: 'People can change it',
      description: 'Turn this off for values that decide what a person may do.',
    }),
    searchable: z.boolean().default(true).meta({
      title: 'Searchable',
      description: 'Offered in forms that search for people.',
    }),
    isPersonal: z.boolean().default(false).meta({
      title: 'Personal data',
      description: 'Marks it in the schema that applications read.',
    }),
    format: z
      .enum(attributeFormats)
      .default('any')
      .meta({
        title: 'Form of texts',
        description: 'Other texts are refused.',
        options: { enum_titles: ['Any', 'Email address', 'Telephone number', 'Name', 'Date'] },
      }),
    minLength: length.meta({ title: 'Minimum length', description: 'Characters, or entries of a list.' }),
    maxLength: length.meta({ title: 'Maximum length', description: 'Characters, or entries of a list.' }),
    minimum: limit.meta({ title: 'Minimum', description: 'Of numbers.' }),
    maximum: limit.meta({ title: 'Maximum', description: 'Of numbers.' }),
  })
  .refine(({ name: named, type }) => [undefined, type].includes(generalTypeOf(named)), {
    path: ['type'],
    message: 'must be the type that this attribute has in all realms',
  })
  .refine(({ minLength, maxLength }) => isInOrder(minLength, maxLength), {
    path: ['minLength'],
    message: 'must not be more than maxLength',
  })
  .refine(({ minimum, maximum }) => isInOrder(minimum, maximum), {
    path: ['minimum'],
    message: 'must not be more than maximum',
  }) satisfies z.ZodType<CustomAttribute, unknown>

/** Attributes that the realm adds to its people. */
export const customAttributesSchema = z
  .array(customAttributeSchema.meta({ title: 'Custom attribute' }))
  .max(200)
  .superRefine((attributes, context) => {
    for (const [index, { name }] of attributes.entries()) {
      const first = attributes.findIndex((other) => other.name.toLowerCase() === name.toLowerCase())
      if (first === index) continue
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'is the name of another attribute' })
    }
  })
  .default([])
  .meta({
    title: 'Custom attributes',
    description: 'Attributes that this realm adds to its people, for journeys, scripts and applications.',
  })

function isInOrder(low: number | null, high: number | null): boolean {
  return low === null || high === null || low <= high
}
