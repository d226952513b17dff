import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'

/** The types of variables, as the vendor's clients name them. */
export const expressionTypes = [
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

const realms = z.optional(z.nullable(z.array(z.string())))

export const variableSchema = z.object({
  _id: z.string(),
  description: z.string(),
  expressionType: z.enum(expressionTypes),
  lastChangeDate: z.string(),
  lastChangedBy: z.string(),
  loaded: z.boolean(),
  valueBase64: z.string(),
  /** Paths of the realms that may use it. Without them, all realms. */
  realms,
})

export const secretSchema = z.object({
  _id: z.string(),
  activeVersion: z.string(),
  description: z.string(),
  encoding: z.string(),
  lastChangeDate: z.string(),
  lastChangedBy: z.string(),
  loaded: z.boolean(),
  loadedVersion: z.string(),
  useInPlaceholders: z.boolean(),
  realms,
})

export const secretVersionSchema = z.object({
  createDate: z.string(),
  loaded: z.boolean(),
  status: z.enum(['ENABLED', 'DISABLED', 'DESTROYED']),
  version: z.string(),
})

const listOf = <Item extends z.core.$ZodType>(item: Item) =>
  z.looseObject({ result: z.array(item), resultCount: z.number() })

export const listVariables = {
  method: 'GET',
  path: '/environment/variables',
  answer: listOf(variableSchema),
} as const satisfies Endpoint

export const listSecrets = {
  method: 'GET',
  path: '/environment/secrets',
  answer: listOf(secretSchema),
} as const satisfies Endpoint

export const listSecretVersions = {
  method: 'GET',
  path: '/environment/secrets/:id/versions',
  answer: z.array(secretVersionSchema),
} as const satisfies Endpoint

/** Variables of the process, which the console shows beside the stored ones, and where each is used. */
export const readEnvironmentUse = {
  method: 'GET',
  path: '/environment/use',
  answer: z.object({
    /** Names such as `ESV_MY_NAME`, without values. `isHidden`: a stored one has the name. */
    process: z.array(z.object({ name: z.string(), isHidden: z.boolean() })),
    /** Journeys with placeholders, by the name of the variable. */
    uses: z.record(
      z.string(),
      z.array(z.object({ realm: z.string(), journey: z.string(), setting: z.string() })),
    ),
  }),
} as const satisfies Endpoint
