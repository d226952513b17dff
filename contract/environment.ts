import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { type Lazy, lazy, lazyLooseObject, lazyObject } from './lazy.ts'

/** The types of variables, as the vendor's clients name them. */
const expressionTypes = [
  'string',
  'int',
  'number',
  'bool',
  'list',
  'array',
  'object',
  'keyvaluelist',
  'base64encodedinlined',
] as const

const realms = lazy(() => z.optional(z.nullable(z.array(z.string()))))

const variableSchema = lazyObject(() => ({
  _id: z.string(),
  description: z.string(),
  expressionType: z.enum(expressionTypes),
  lastChangeDate: z.string(),
  lastChangedBy: z.string(),
  loaded: z.boolean(),
  valueBase64: z.string(),
  /** Paths of the realms that may use it. Without them, all realms. */
  realms: realms(),
}))

const secretSchema = lazyObject(() => ({
  _id: z.string(),
  activeVersion: z.string(),
  description: z.string(),
  encoding: z.string(),
  lastChangeDate: z.string(),
  lastChangedBy: z.string(),
  loaded: z.boolean(),
  loadedVersion: z.string(),
  useInPlaceholders: z.boolean(),
  realms: realms(),
}))

const secretVersionSchema = lazyObject(() => ({
  createDate: z.string(),
  loaded: z.boolean(),
  status: z.enum(['ENABLED', 'DISABLED', 'DESTROYED']),
  version: z.string(),
}))

const listOf = <Item extends z.core.$ZodType>(item: Lazy<Item>) =>
  lazyLooseObject(() => ({ result: z.array(item()), resultCount: z.number() }))

export const listVariables = endpoint('GET', '/environment/variables', { answer: listOf(variableSchema) })

export const listSecrets = endpoint('GET', '/environment/secrets', { answer: listOf(secretSchema) })

export const listSecretVersions = endpoint('GET', '/environment/secrets/:id/versions', {
  answer: lazy(() => z.array(secretVersionSchema())),
})

export const countEnvironment = endpoint('GET', '/environment/count', {
  answer: lazyObject(() => ({
    secrets: z.number(),
    variables: z.number(),
    /** Variables of the server process, such as `ESV_MY_NAME`, without values. Not in the vendor's answer. */
    process: z.array(z.object({ name: z.string(), inPlaceholders: z.boolean() })),
  })),
})
