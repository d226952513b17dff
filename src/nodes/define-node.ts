import { z } from 'zod'
import { localisedTextSchema } from '../base/locale.ts'
import type { NodeType } from '../engine/node-type.ts'
import type { Ports } from './ports/ports.ts'

/** A node type whose settings are described when they are first needed: most types stand in no journey of a server. */
type Declared<Config, Needs extends keyof Ports, Id extends string> = Omit<
  NodeType<Config, Ports, Needs, Id>,
  'version' | 'config' | 'needs'
> & {
  /** Default: 1.0. */
  version?: string
  /** Default: no settings. */
  config?: () => NodeType<Config, Ports, Needs, Id>['config']
  /** Default: none. */
  needs?: readonly Needs[]
}

/** Defines a node type. The compiler checks settings, outcomes and ports against each other. */
export function defineNode<
  Config = NoSettings,
  const Needs extends keyof Ports = never,
  const Id extends string = string,
>({
  // Left out only where `Config` has no settings.
  config: describe = () => noSettings as never,
  ...declared
}: Declared<Config, Needs, Id>): NodeType<Config, Ports, Needs, Id> {
  const type = { version: '1.0', needs: [], ...declared }
  const defined = Object.defineProperty(type, 'config', {
    configurable: true,
    enumerable: true,
    get() {
      const config = describe()
      Object.defineProperty(type, 'config', { value: config })
      return config
    },
  })
  // The compiler doesn't see properties that are defined so.
  return defined as NodeType<Config, Ports, Needs, Id>
}

const noSettings = z.object({})

type NoSettings = z.infer<typeof noSettings>

/** The target of a setting's value, or of each value of a list or map. Forms offer the existing ones. */
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
  /** State keys, with `*` for all. */
  | 'stateKeys'
  | 'stateKey'

/** Script contexts that can choose an outcome. */
export const decisionContexts = ['AUTHENTICATION_TREE_DECISION_NODE', 'SCRIPTED_DECISION_NODE']

/**
 * Declares a setting. Title and description appear in forms, in the REST `schema` response and in the node reference. Clients
 * may omit a setting whose schema has a default.
 * @param refers the target of the value, unless it is plain data
 */
export function setting<Schema extends z.ZodType>(
  title: string,
  description: string,
  schema: Schema,
  refers?: SettingReference,
): Schema {
  return schema.meta({ title, description, ...(refers !== undefined && { refers: asObject(refers) }) })
}

/** Declares a setting that is on or off. */
export function flagSetting(title: string, description: string, isOn = false) {
  return setting(title, description, z.boolean().default(isOn))
}

/** Declares a setting with a text. */
export function textSetting(title: string, description: string, text = '', refers?: SettingReference) {
  return setting(title, description, z.string().default(text), refers)
}

/** Declares a setting with a text for each locale. */
export function localisedSetting(title: string, description: string) {
  return setting(title, description, localisedTextSchema.default({}), 'localisedText')
}

/** The reference in the form of the REST response. */
function asObject(refers: SettingReference) {
  if (typeof refers === 'object') return refers
  if (refers === 'stateKey' || refers === 'stateKeys') {
    return { to: 'stateKey', hasWildcard: refers === 'stateKeys' }
  }
  return { to: refers }
}

/** For a secret that the node never sends. */
export const nowhere = 'nowhere'

export type SecretMark = {
  /**
   * The settings beside the secret that say where and as whom it is sent. The stored secret is only kept while they stay the
   * same.
   */
  goesTo: readonly string[] | typeof nowhere
  /** Whether the node needs the secret with these settings. */
  isNeeded(settings: Readonly<Record<string, unknown>>): boolean
}

/** The schemas of all secret settings. */
export const secretMark = z.registry<SecretMark>()

/**
 * A write-only setting: it is stored sealed, never returned, and opened only where the node runs.
 * @param schema must accept null, which is returned instead of a secret
 * @param goesTo as in {@link SecretMark}
 */
export function secretSetting<Schema extends z.ZodType>(
  title: string,
  description: string,
  schema: Schema,
  goesTo: SecretMark['goesTo'],
  isNeeded: SecretMark['isNeeded'] = () => false,
): Schema {
  const described = setting(title, description, schema, 'secret')
  secretMark.add(described, { goesTo, isNeeded })
  return described
}
