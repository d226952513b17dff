import { badRequest } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { type AnyNodeType, type Outcome, outcomesOf } from '../../engine/node-type.ts'
import { parseNodeBody, schemaOf, templateOf, validAttributes } from '../../nodes/node-schema.ts'
import type { NodeTypes } from './node-types.ts'

/** A node type in AM's lists of all types. */
export function listedType({ type, title, tags, help }: AnyNodeType): JsonObject {
  return { _id: type, name: title, collection: true, tags: [...tags], metadata: { tags: [...tags] }, help }
}

/** The newest version of each type, without settings. */
export function latestTypes({ newest }: NodeTypes): JsonObject[] {
  return newest.map((type) => ({ ...listedType(type), version: type.version }))
}

/** The newest version of each type, in full. Source: "List latest node definitions". */
export function latestDefinitions(types: NodeTypes): Record<string, unknown> {
  return Object.fromEntries(
    types.newest.map((type) => [
      type.type,
      {
        ...listedType(type),
        version: type.version,
        schema: schemaOf(type),
        template: templateOf(type),
        outcomes: firstOutcomes(type, types),
      },
    ]),
  )
}

/** The outcomes of a new node; none if its settings have no valid defaults. */
function firstOutcomes(type: AnyNodeType, { named }: NodeTypes): Outcome[] {
  const parsed = type.config.safeParse(templateOf(type))
  if (!parsed.success) return []
  return [...outcomesOf(type, parsed.data, { typeNamed: named, child: () => undefined })]
}

/** Versions with their changes, the oldest first. Source: "Changelog" of the vendor's guide for nodes. */
export function versionInfo(
  { type }: AnyNodeType,
  { named, versionsOf }: NodeTypes,
  version?: string,
): JsonObject[] {
  const versions = version === undefined ? versionsOf(type) : [version]
  return versions.flatMap((each) => {
    const known = named(type, each)
    return known === undefined ? [] : [{ version: each, changelog: changesOf(known, { named, versionsOf }) }]
  })
}

/** The settings that a version added and removed. */
function changesOf(
  type: AnyNodeType,
  { named, versionsOf }: Pick<NodeTypes, 'named' | 'versionsOf'>,
): string {
  const versions = versionsOf(type.type)
  const before = versions[versions.indexOf(type.version) - 1]
  const older = before === undefined ? undefined : named(type.type, before)
  if (older === undefined) return 'No changelog entry found'
  const [old, current] = [validAttributes(older), validAttributes(type)]
  const changes = [
    ...current.filter((name) => !old.includes(name)).map((name) => `Added ${name}.`),
    ...old.filter((name) => !current.includes(name)).map((name) => `Removed ${name}.`),
  ]
  return changes.length === 0 ? 'The settings are the same.' : changes.join(' ')
}

/**
 * The settings of a node in a later version: new settings have their defaults, and removed ones are gone. Nothing is saved.
 * @throws RequestError 400 for an unknown or earlier version, or settings that the versions don't accept.
 */
export function upgradedConfig(
  type: AnyNodeType,
  target: string,
  body: JsonObject,
  { named, versionsOf }: NodeTypes,
): JsonObject {
  const versions = versionsOf(type.type)
  const later = named(type.type, target)
  if (later === undefined || versions.indexOf(target) <= versions.indexOf(type.version)) {
    const possible = versions.slice(versions.indexOf(type.version) + 1)
    const which = possible.length === 0 ? 'there is no later version' : `must be ${possible.join(' or ')}`
    throw badRequest(`targetVersion: ${which}`)
  }
  const current = parseNodeBody(type, body)
  if (!current.ok) throw badRequest(problemOf(current))
  const known = new Set(validAttributes(later))
  const kept = Object.fromEntries(Object.entries(current.config).filter(([name]) => known.has(name)))
  const upgraded = parseNodeBody(later, { ...templateOf(later), ...kept })
  if (!upgraded.ok) throw badRequest(problemOf(upgraded))
  return upgraded.config
}

function problemOf(parsed: { unknownAttributes: string[] } | { message: string }): string {
  return 'message' in parsed ? parsed.message : 'Invalid attribute specified.'
}

/** A first script of a Configuration Provider that imitates the type, in base64. */
export function configProviderScript(type: AnyNodeType): JsonObject {
  const settings = Object.fromEntries(validAttributes(type).map((name) => [name, null]))
  const source = `config = ${JSON.stringify({ ...settings, ...templateOf(type) }, null, 2)};\n`
  return { script: Buffer.from(source).toString('base64') }
}
