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
 * What the value of a setting refers to. For a list or map, what each value refers to. Forms then offer the existing
 * ones to choose from.
 */
export type SettingReference =
  | { to: 'script'; contexts: readonly string[] }
  | { to: 'nodeType'; imitable: boolean }
  | SimpleReference

type SimpleReference =
  | 'journey'
  | 'emailTemplate'
  | 'identityProvider'
  | 'nodes'
  | 'outcomes'
  | 'localisedText'
  | 'attribute'
  | 'sessionProperty'
  | 'secret'
  | 'secretLabel'
  /** State keys, of which `*` may stand for all. */
  | 'stateKeys'
  | 'stateKey'

/** Contexts of scripts that can decide where a journey goes. */
export const decisionContexts = ['AUTHENTICATION_TREE_DECISION_NODE', 'SCRIPTED_DECISION_NODE']

/**
 * Declares a setting. Its title and description appear in forms, in the REST `schema` answer and in the node reference.
 * Clients may leave out a setting whose schema has a default.
 * @param refers what the value refers to, if it isn't plain data
 */
export function setting<Schema extends z.ZodType>(
  title: string,
  description: string,
  schema: Schema,
  refers?: SettingReference,
): Schema {
  return schema.meta({ title, description, ...(refers !== undefined && { refers: asObject(refers) }) })
}

/** The form of a reference on the wire. */
function asObject(refers: SettingReference) {
  if (typeof refers === 'object') return refers
  if (refers === 'stateKey' || refers === 'stateKeys') {
    return { to: 'stateKey', hasWildcard: refers === 'stateKeys' }
  }
  return { to: refers }
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
  const described = setting(title, description, schema, 'secret')
  secretMark.add(described, { isNeeded })
  return described
}
