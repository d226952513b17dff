import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Json, JsonObject } from '../base/json.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { catalogue } from './catalogue.ts'
import { fieldsOf, parseNodeBody } from './node-schema.ts'
import { resolvedSettings } from './settings-of.ts'

const placeholder = '&{esv.placed}'

/** Values of all kinds of settings, the first of which counts that a setting takes. */
const examples: readonly Json[] = [
  'text',
  '1',
  1,
  true,
  ['text'],
  {},
  [],
  { en: 'text' },
  { text: 'text' },
  'https://example.com/',
  'example.com',
]

/** A value that the setting takes: its default, one of its choices, or an example. */
function valueFor(field: z.ZodType): Json | undefined {
  const byDefault = z.json().safeParse(field.safeParse(undefined).data).data
  const inner = field instanceof z.ZodDefault ? field.unwrap() : field
  const choices = inner instanceof z.ZodEnum ? z.array(z.json()).parse(Object.values(inner.enum)) : []
  return [...(byDefault == null ? [] : [byDefault]), ...choices, ...examples].find(
    (value) => field.safeParse(value).success,
  )
}

/** Settings that a node can't do without. */
function required(type: AnyNodeType): JsonObject {
  const fields = Object.entries(fieldsOf(type)).filter(([, field]) => !field.safeParse(undefined).success)
  return Object.fromEntries(fields.map(([name, field]) => [name, valueFor(field) ?? null]))
}

test.each(catalogue)(
  '$type $version takes a placeholder in every setting, and runs with its value',
  (type) => {
    const base = required(type)
    const problems: string[] = []
    for (const [name, field] of Object.entries(fieldsOf(type))) {
      const parsed = parseNodeBody(type, { ...base, [name]: placeholder })
      if (!parsed.ok) problems.push(`${name} is refused: ${JSON.stringify(parsed)}`)
      else if (parsed.config[name] !== placeholder) problems.push(`${name} is not kept`)
      else {
        const value = valueFor(field)
        const text = typeof value === 'string' ? value : JSON.stringify(value)
        const resolved = resolvedSettings(type, parsed.config, () => ({
          text,
          type: undefined,
          isVariable: true,
        }))
        const { data, error } = type.config.safeParse(resolved)
        if (error !== undefined) problems.push(`${name} does not run: ${error.issues[0]?.message}`)
        else if (JSON.stringify(data[name]) !== JSON.stringify(field.parse(value)))
          problems.push(`${name} has another value: ${JSON.stringify(data[name])}`)
      }
    }
    expect(problems).toEqual([])
  },
)
