import { z } from 'zod'
import { asText } from '../base/as-text.ts'
import type { JsonObject } from '../base/json.ts'
import {
  innerJourneyOf,
  type Journey,
  journeySchema,
  type NodeSettings,
  pageChildren,
} from '../engine/journey.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { hasPlaceholder } from '../engine/placeholders.ts'
import { type CustomNodeType, customNodeTypeSchema } from '../nodes/custom-node-type.ts'
import { parsedSettings } from '../nodes/settings-of.ts'
import type { Script } from '../scripts/script.ts'
import type { JourneyDocument, NodeDocument } from './journey-document.ts'

const frozenScriptSchema = z.object({
  id: z.string(),
  name: z.string(),
  context: z.string(),
  evaluatorVersion: z.string(),
  source: z.string(),
  /** Absent for JavaScript. */
  language: z.literal('GROOVY').exactOptional(),
})

/**
 * Everything that a journey needs to run, frozen: its graph and inner journeys, node settings, scripts and custom node
 * types. A journey session keeps the revision that it started with, even if the configuration changes.
 */
export const revisionSchema = z.object({
  v: z.literal(1),
  realm: z.string(),
  root: z.string(),
  journeys: z.record(z.string(), journeySchema),
  /** By id. Includes library scripts, which are found by name. */
  scripts: z.record(z.string(), frozenScriptSchema),
  customNodeTypes: z.array(customNodeTypeSchema),
})

export type Revision = z.infer<typeof revisionSchema>
export type FrozenScript = z.infer<typeof frozenScriptSchema>

/** The configuration of a realm at one moment. */
export type RealmConfiguration = {
  realm: string
  journeys: readonly JourneyDocument[]
  nodes: readonly NodeDocument[]
  scripts: readonly Script[]
  customNodeTypes: readonly CustomNodeType[]
}

/** Finds a built-in or custom node type by id and version. */
export type TypeLookup = (type: string, version?: string) => AnyNodeType | undefined

/** Freezes a journey. The last of several journeys or nodes with one name counts. @returns undefined for an unknown journey. */
export function freeze(name: string, from: RealmConfiguration, typeNamed: TypeLookup): Revision | undefined {
  const documents = new Map(from.journeys.map((document) => [document._id, document]))
  const nodes = new Map(from.nodes.map((node) => [node.id, node]))
  if (!documents.has(name)) return undefined
  const journeys: Record<string, Journey> = {}
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const document = documents.get(next)
    if (document === undefined || Object.hasOwn(journeys, next)) continue
    const journey = freezeJourney(document, nodes, typeNamed, from.realm)
    journeys[next] = journey
    open.push(...innerJourneysOf(journey, documents))
  }
  return {
    v: 1,
    realm: from.realm,
    root: name,
    journeys,
    scripts: scriptsOf(journeys, from.scripts),
    customNodeTypes: customTypesOf(journeys, from.customNodeTypes),
  }
}

function freezeJourney(
  document: JourneyDocument,
  nodes: ReadonlyMap<string, NodeDocument>,
  typeNamed: TypeLookup,
  realm: string,
): Journey {
  const settingsOf = (
    id: string,
    type: string,
    displayName: string,
    version: string | undefined,
  ): NodeSettings => {
    const node = nodes.get(id)
    const config = node?.config ?? {}
    const known = version ?? node?.version ?? '1.0'
    return { type, version: known, displayName, config, reads: readsOf(typeNamed(type, known), config, id) }
  }
  const entries = Object.entries(document.nodes).map(([id, node]) => {
    const settings = settingsOf(id, node.nodeType, node.displayName, node.version)
    return [id, { ...settings, connections: node.connections }] as const
  })
  const children = entries.flatMap(([, node]) =>
    pageChildren(node.config).map(
      ({ id, type, displayName, version }) => [id, settingsOf(id, type, displayName, version)] as const,
    ),
  )
  const { _id, nodes: _nodes, staticNodes: _static, uiConfig: _ui, description: _text, ...flags } = document
  return {
    ...flags,
    name: _id,
    identityResource:
      document.identityResource ??
      identityResourceOf(entries, typeNamed) ??
      `managed/${realm === '/' ? '' : `${realm.slice(1)}_`}user`,
    nodes: Object.fromEntries(entries),
    children: Object.fromEntries(children),
  }
}

/** Exports of AM 7.0 name the people of a journey only in its nodes, or leave them to the default of the nodes. */
function identityResourceOf(
  nodes: readonly (readonly [string, NodeSettings])[],
  typeNamed: TypeLookup,
): string | undefined {
  const named = nodes.map(([, { type, version, config }]) => {
    const known = typeNamed(type, version)
    return known === undefined ? undefined : parsedSettings(known, config).data?.identityResource
  })
  return named.find((resource) => typeof resource === 'string')
}

/**
 * The state keys that a node reads; none for a node with an unknown type or invalid settings, and all if a placeholder names one.
 */
function readsOf(type: AnyNodeType | undefined, config: JsonObject, id: string): string[] {
  const parsed = type && parsedSettings(type, config)
  const reads = parsed?.success ? [...(type?.reads?.(parsed.data, id) ?? [])] : []
  return reads.some(hasPlaceholder) ? ['*'] : reads
}

/** A Configuration Provider that imitates an inner journey node can enter any journey of the realm. */
function innerJourneysOf(journey: Journey, documents: ReadonlyMap<string, JourneyDocument>): string[] {
  return Object.values(journey.nodes).flatMap(({ type, config }) => {
    const isAny = type === 'ConfigProviderNode' && config.nodeType === 'InnerTreeEvaluatorNode'
    return isAny ? [...documents.keys()] : (innerJourneyOf({ type, config }) ?? [])
  })
}

function allNodes(journeys: Readonly<Record<string, Journey>>): NodeSettings[] {
  return Object.values(journeys).flatMap(({ nodes, children }) => [
    ...Object.values(nodes),
    ...Object.values(children),
  ])
}

function scriptsOf(journeys: Readonly<Record<string, Journey>>, scripts: readonly Script[]) {
  const named = new Set(allNodes(journeys).map(({ config }) => config.script))
  const isSocial = allNodes(journeys).some(({ type }) => type.startsWith('SocialProviderHandlerNode'))
  const used = scripts.filter(({ id, context }) => named.has(id) || (isSocial && isTransformation(context)))
  const libraries = used.length === 0 ? [] : scripts.filter(({ context }) => context === 'LIBRARY')
  return Object.fromEntries(
    [...used, ...libraries].map(({ id, name, context, evaluatorVersion, source, language }) => [
      id,
      { id, name, context, evaluatorVersion, source, ...(language === 'GROOVY' ? { language } : {}) },
    ]),
  )
}

/** Transformation scripts are all frozen, because the chosen identity provider decides which one runs. */
function isTransformation(context: string): boolean {
  return context.startsWith('SOCIAL_IDP_PROFILE_TRANSFORMATION') || context === 'SOCIAL_PROVIDER_HANDLER_NODE'
}

/** Types of nodes, and types that a Configuration Provider imitates. */
function customTypesOf(journeys: Readonly<Record<string, Journey>>, types: readonly CustomNodeType[]) {
  const used = new Set(allNodes(journeys).flatMap(({ type, config }) => [type, asText(config.nodeType)]))
  return types.filter(({ serviceName }) => used.has(`designer-${serviceName}`))
}
