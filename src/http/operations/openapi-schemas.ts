import * as z from 'zod'
import type { Exchange } from '../../../contract/endpoint.ts'
import { schemaNames } from '../../../contract/lazy.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'

type Schema = z.core.$ZodType

const components = '#/components/schemas/'

/** Any object, for what only the vendor's reference describes. */
export const anyObject: JsonObject = { $ref: `${components}AnyObject` }

/** The body of an action that reads none. */
export const nothing: JsonObject = { $ref: `${components}Nothing` }

/** JSON Schemas as generators of clients read them, and the components that they share. */
export class OpenApiSchemas {
  readonly components: Record<string, JsonObject> = {
    AnyObject: { type: 'object', additionalProperties: true },
    Nothing: { type: 'object', additionalProperties: false },
    Error: {
      type: 'object',
      properties: {
        code: { type: 'integer' },
        reason: { type: 'string' },
        message: { type: 'string' },
        detail: { type: 'object', additionalProperties: true },
      },
      required: ['code', 'reason', 'message'],
    },
  }

  /**
   * The body or answer of an operation. That of an action is a component, so that generators name it.
   * @param exchanges of its actions, by the name of the component; of an operation without actions by ''
   * @param otherwise for an exchange that describes none
   */
  anyOf(
    exchanges: ReadonlyMap<string, Exchange>,
    member: 'body' | 'answer' | 'events',
    otherwise: JsonObject,
  ): JsonObject {
    const made = new Map<Schema | undefined, JsonObject>()
    for (const [name, exchange] of exchanges) {
      const schema = exchange[member]?.()
      if (!made.has(schema))
        made.set(schema, schema === undefined ? otherwise : this.#named(name, schema, member))
    }
    const [first = otherwise, ...more] = made.values()
    return more.length === 0 ? first : { anyOf: [first, ...more] }
  }

  /** The members of an object as parameters. */
  parameters({ shape }: { shape: z.core.$ZodShape }, place: 'query' | 'header'): JsonObject[] {
    return Object.entries(shape).map(([name, schema]) => ({
      name,
      in: place,
      required: !z.safeParse(schema, undefined).success,
      schema: this.#schema(schema, 'input'),
    }))
  }

  /** Whether a schema is an object with this member. */
  has(schema: JsonObject, member: string): boolean {
    const { $ref } = schema
    const { properties } =
      typeof $ref === 'string' ? (this.components[$ref.slice(components.length)] ?? {}) : schema
    return isJsonObject(properties) && Object.hasOwn(properties, member)
  }

  #named(name: string, schema: Schema, member: 'body' | 'answer' | 'events'): JsonObject {
    const made = this.#schema(schema, member === 'body' ? 'input' : 'output')
    return name === '' || '$ref' in made
      ? made
      : this.#add(`${name}${member === 'body' ? 'Body' : 'Answer'}`, made)
  }

  #add(name: string, schema: JsonObject): JsonObject {
    const same = this.components[name]
    if (same !== undefined && JSON.stringify(same) !== JSON.stringify(schema))
      throw new Error(`Two schemas have the name ${name}`)
    this.components[name] = schema
    return { $ref: `${components}${name}` }
  }

  #schema(schema: Schema, io: 'input' | 'output'): JsonObject {
    const override = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => simplify(jsonSchema)
    const made = z.toJSONSchema(schema, { io, metadata: schemaNames, unrepresentable: 'any', override })
    const text = JSON.stringify(made)
      .replace(/\{"\$ref":"#\/\$defs\/__schema\d+"\}/g, '{}')
      .replaceAll('"#/$defs/', `"${components}`)
    const { $schema, $defs = {}, ...own } = JSON.parse(text)
    for (const [name, part] of Object.entries<JsonObject>($defs))
      if (!name.startsWith('__schema')) this.#add(name, part)
    return own
  }
}

/** Leaves out what generators can't compile, and what says nothing. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.propertyNames
  // Later versions may add members to answers.
  if (schema.additionalProperties === false) delete schema.additionalProperties
  if (typeof schema.default === 'object') delete schema.default
  if (typeof schema.const === 'boolean') delete schema.const
  if (schema.anyOf?.some(isArbitrary)) delete schema.anyOf
  if (schema.type !== 'integer') return
  schema.format = 'int64'
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}

/** Only the schema of arbitrary JSON refers to itself, by a name that zod makes up. */
function isArbitrary(part: z.core.JSONSchema._JSONSchema): boolean {
  return typeof part === 'object' && Object.keys(part).every((key) => String(part[key]).includes('__schema'))
}
