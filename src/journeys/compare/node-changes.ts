import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import { pageChildren } from '../../engine/journey.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import { secretSettingsNamed } from '../../nodes/secret-settings.ts'
import { parsedSettings, withPlaceholders } from '../../nodes/settings-of.ts'
import type { TypeLookup } from '../revision.ts'
import { type NewIds, objectWith } from './ids.ts'
import { type MemberChange, memberChanges } from './member-changes.ts'
import type { Member } from './members.ts'
import { harmless, type Names } from './shown.ts'

/** The contents around a journey: ids, names and node types. */
export type Known = {
  ids: NewIds
  names: Names
  /** Finds a built-in or custom node type. */
  typeBefore: TypeLookup
  typeAfter: TypeLookup
}

/** Changed settings of a node, without the nodes of a page. */
export function settingChanges(before: Member, after: Member, known: Known): MemberChange[] {
  if (before.config === after.config) return []
  const changes = configChanges(before, after, known)
  const isMissing = before.config === undefined || after.config === undefined
  if (!isMissing || changes.length === 0) return changes
  return [{ words: `settings: ${after.config === undefined ? 'missing' : 'no longer missing'}` }]
}

function configChanges(before: Member, after: Member, known: Known): MemberChange[] {
  const type = known.typeAfter(after.type, after.version)
  const [old, now] = completed(
    [objectWith(before.config ?? {}, known.ids), known.typeBefore(before.type, before.version)],
    [after.config ?? {}, type],
  )
  const secrets = new Set(secretSettingsNamed(after.type, type))
  const isCustom = after.type.startsWith('designer-')
  return memberChanges(ownSettings(old), ownSettings(now), {
    titleOf: (name) => titleIn(type, name),
    isSecret: (name) => secrets.has(name) || (isCustom && isSecretSetting(titleIn(type, name))),
    names: known.names,
  })
}

/** The type of a node as people know it, such as `Page Node`. */
export function typeText(type: string, version: string, typeNamed: TypeLookup): string {
  return harmless(typeNamed(type, version)?.title ?? type)
}

type Typed = [config: JsonObject, type: AnyNodeType | undefined]

/** Adds the defaults of both sides, because a setting that is left out means its default. */
function completed(before: Typed, after: Typed): [JsonObject, JsonObject] {
  const [old, now] = [parsed(before), parsed(after)]
  return old === undefined || now === undefined ? [before[0], after[0]] : [old, now]
}

function parsed([config, type]: Typed): JsonObject | undefined {
  const result = type && parsedSettings(type, config)
  const settings = jsonObjectSchema.safeParse(result?.data)
  return settings.success ? withPlaceholders({ ...config, ...settings.data }, config) : undefined
}

/** The title of a setting in forms. */
export function titleIn(type: AnyNodeType | undefined, name: string): string {
  const shape = type?.config instanceof z.ZodObject ? type.config.shape : {}
  const field: unknown = Object.hasOwn(shape, name) ? shape[name] : undefined
  return (field instanceof z.ZodType ? field.meta()?.title : undefined) ?? name
}

/** Without the nodes of a page, which are compared as nodes, and without members of the vendor's REST resource. */
function ownSettings(config: JsonObject): JsonObject {
  const { nodes = null } = config
  const isPage = Array.isArray(nodes) && pageChildren({ nodes }).length === nodes.length
  return Object.fromEntries(
    Object.entries(config).filter(([name]) => !name.startsWith('_') && !(isPage && name === 'nodes')),
  )
}
