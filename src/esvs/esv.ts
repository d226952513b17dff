import { z } from 'zod'
import { expressionTypes } from '../engine/expression-type.ts'

/** Source: "ESV naming" of the vendor's documentation. */
export const esvIdPattern = /^esv-[a-z0-9_-]{1,124}$/

/** Maximum length of a value in bytes. Source: "ESVs" of the vendor's documentation. */
export const maxValueBytes = 65_535

const shared = {
  /** Such as `esv-my-name`. */
  id: z.string(),
  /** The environment variable with the same name, such as `ESV_MY_NAME`. Unique among variables and secrets. */
  name: z.string(),
  description: z.string(),
  /** Paths of the realms that may use it. Undefined: all realms. */
  realms: z.array(z.string()).optional(),
  /** Epoch milliseconds. */
  changedAt: z.number(),
  /** Object id of the administrator, or empty for the server itself. */
  changedBy: z.string(),
}

/** A stored variable, which all administrators of the server can read. */
export const esvVariableSchema = z.object({
  ...shared,
  expressionType: z.enum(expressionTypes),
  value: z.string(),
})

/** Realms as clients and files send them: `alpha` and `/alpha` are the same. Null: all realms. */
export const sentRealmsSchema = z
  .array(z.string('must be a text'), 'must be a list of realms')
  .max(100, 'must have at most 100 realms')
  .transform((realms) => realms.map((path) => (path.startsWith('/') ? path : `/${path}`)))
  .nullish()

export type EsvVariable = z.infer<typeof esvVariableSchema>

/** A secret keeps its bytes in this form: as a text, or as the text of a PEM file, or of a key in base64. */
export const encodings = ['generic', 'pem', 'base64hmac', 'base64aes'] as const

/** A stored secret. Its values are in its versions, and the newest version is active. */
export const esvSecretSchema = z.object({
  ...shared,
  encoding: z.enum(encodings),
  /** Whether placeholders in settings and scripts can read it. If not, only settings that name a secret label can. */
  useInPlaceholders: z.boolean(),
  /** Number of the newest version. */
  activeVersion: z.number(),
})

export type EsvSecret = z.infer<typeof esvSecretSchema>

export const versionStatuses = ['ENABLED', 'DISABLED', 'DESTROYED'] as const

export type VersionStatus = (typeof versionStatuses)[number]

export const secretVersionSchema = z.object({
  secretId: z.string(),
  version: z.number(),
  status: z.enum(versionStatuses),
  /** The sealed value; empty once it is destroyed. */
  sealed: z.string(),
  createdAt: z.number(),
})

export type SecretVersion = z.infer<typeof secretVersionSchema>

/** Whether a realm may use it. */
export function isFor({ realms }: Pick<EsvVariable, 'realms'>, realm: string): boolean {
  // rule S36: otherwise placeholders of every realm read every variable and secret
  return realms === undefined || realms.includes(realm)
}

/** The environment variable that an id names: `esv-my-name` is `ESV_MY_NAME`. */
export function nameOfId(id: string): string {
  return id.toUpperCase().replaceAll('-', '_')
}
