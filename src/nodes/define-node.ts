import { z } from 'zod'
import type { NodeType } from '../engine/node-type.ts'
import type { Ports } from './ports/ports.ts'

/**
 * Defines a node type. Settings, outcomes and ports are checked against each other by the compiler:
 * a misspelt outcome or an undeclared port does not compile.
 */
export function defineNode<Config, const Needs extends keyof Ports, const Id extends string>(
  type: NodeType<Config, Ports, Needs, Id>,
): NodeType<Config, Ports, Needs, Id> {
  return type
}

/** For nodes without settings. */
export const noSettings = z.object({})

/**
 * A setting with what forms, the REST `schema` answer and the node reference show of it.
 * The value may be left out on the wire when the schema has a default.
 */
export function setting<Schema extends z.ZodType>(
  title: string,
  description: string,
  schema: Schema,
): Schema {
  return schema.meta({ title, description })
}

/** What is known of a secret setting besides. */
export type SecretMark = {
  /** Whether the node cannot do its work without it, with these settings. */
  isNeeded(settings: Readonly<Record<string, unknown>>): boolean
}

/** The schemas of secret settings: the one place that says which settings are secret. */
export const secretMark = z.registry<SecretMark>()

/**
 * A setting that goes in and never comes out: stored sealed, shown to nobody, opened where the node runs.
 * @param schema must accept null, which is what is read where a secret stands
 */
export function secretSetting<Schema extends z.ZodType>(
  title: string,
  description: string,
  schema: Schema,
  isNeeded: SecretMark['isNeeded'] = () => false,
): Schema {
  const described = setting(title, description, schema)
  secretMark.add(described, { isNeeded })
  return described
}
