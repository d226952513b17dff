import { randomUUID } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { copyJourney } from '../../journeys/edit/copy-journey.ts'
import { withNodes } from '../../journeys/edit/whole-journey.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { closureOf } from '../../journeys/exchange/closure.ts'
import { librariesOf } from '../../journeys/exchange/references.ts'
import type { JourneyDocument, NodeDocument } from '../../journeys/journey-document.ts'
import type { CustomNodeType } from '../../nodes/custom-node-type.ts'
import type { Script } from '../../scripts/script.ts'
import type { NodeNames } from './node-reader.ts'

/** Journeys and what they need under other names, with new ids. */
export type PrefixedBundle = {
  /** Libraries before scripts that require them. */
  scripts: Script[]
  customNodeTypes: CustomNodeType[]
  /** Nodes of pages before their pages. */
  nodes: NodeDocument[]
  /** Inner journeys before those that start them. */
  journeys: JourneyDocument[]
  names: NodeNames
}

/** Copies journeys of a bundle, their inner journeys and scripts. */
export function prefixedBundle(bundle: Bundle, journeys: readonly string[], prefix: string): PrefixedBundle {
  const own = closureOf(journeys, bundle, 'inner journeys')
  const scriptIds = new Map(own.scripts.map(({ id }) => [id, randomUUID()]))
  const journeyNames = new Map(own.journeys.map(({ _id }) => [_id, `${prefix}${_id}`]))
  const types = new Map(
    own.customNodeTypes.map((type) => [typeId(type), typeId(prefixedType(type, own.scripts, prefix))]),
  )
  const typeOf = (type: string) => types.get(type) ?? type
  const oldIds = new Map<string, string>()
  const settings = new Map(own.nodes.map((node) => [node.id, node]))
  const copies = inOrder(own).map((journey) => {
    const whole = withNodes(journey, settings)
    const draft = copyJourney(whole, `${prefix}${journey._id}`, randomUUID)
    // A copy has its nodes in the order of the original.
    rememberIds(whole.nodes, draft.nodes, oldIds)
    return draft
  })
  const nodes = copies.flatMap((draft) => [...draft.nodes.values()])
  return {
    customNodeTypes: own.customNodeTypes.map((type) => prefixedType(type, own.scripts, prefix)),
    scripts: librariesFirst(own.scripts).map((script) =>
      prefixedScript(script, own.scripts, scriptIds, prefix),
    ),
    nodes: nodes
      .map(({ type, config, ...node }) => ({
        ...node,
        type: typeOf(type),
        config: withTypes(withReferences(config, scriptIds, journeyNames), typeOf),
      }))
      .toSorted((one, other) => Number(one.type === 'PageNode') - Number(other.type === 'PageNode')),
    journeys: copies.map(({ journey }) => ({
      ...journey,
      nodes: Object.fromEntries(
        Object.entries(journey.nodes).map(([id, node]) => [id, { ...node, nodeType: typeOf(node.nodeType) }]),
      ),
    })),
    names: namesFor(own, { oldIds, types, prefix }),
  }
}

type Nodes = ReadonlyMap<string, NodeDocument>

function rememberIds(original: Nodes, copy: Nodes, oldIds: Map<string, string>): void {
  const ids = [...original.keys()]
  for (const [place, id] of [...copy.keys()].entries()) oldIds.set(id, ids[place] ?? id)
}

/** @param types the types on the server, by those of the project. */
function namesFor(
  { journeys }: Bundle,
  {
    oldIds,
    types,
    prefix,
  }: { oldIds: ReadonlyMap<string, string>; types: ReadonlyMap<string, string>; prefix: string },
): NodeNames {
  const oldTypes = new Map([...types].map(([type, there]) => [there, type]))
  const owners = new Map(
    journeys.flatMap(({ _id, nodes }) => Object.keys(nodes).map((id) => [id, _id] as const)),
  )
  return {
    journeyOf: (id) => owners.get(id),
    idOf: (id) => oldIds.get(id) ?? id,
    outcomeOf(outcome) {
      const [id] = /^[\da-f-]{36}(?=-)/.exec(outcome) ?? ['']
      const old = oldIds.get(id)
      return old === undefined ? outcome : old + outcome.slice(id.length)
    },
    typeOf: (type) => oldTypes.get(type) ?? type,
    nameOf: (journey) => (journey.startsWith(prefix) ? journey.slice(prefix.length) : journey),
    // Everything that the copies have, and no path of a journey.
    isOnPage: (id) => !owners.has(id),
  }
}

/** Inner journeys first. */
function inOrder({ journeys, nodes }: Bundle): JourneyDocument[] {
  const settings = new Map(nodes.map((node) => [node.id, node]))
  const ordered = new Set<JourneyDocument>()
  const visited = new Set<string>()
  const visit = (name: Json | undefined): void => {
    const journey = journeys.find(({ _id }) => _id === name)
    if (journey === undefined || visited.has(journey._id)) return
    visited.add(journey._id)
    for (const id of Object.keys(journey.nodes)) visit(settings.get(id)?.config.tree)
    ordered.add(journey)
  }
  for (const { _id } of journeys) visit(_id)
  return [...ordered]
}

function librariesFirst(scripts: readonly Script[]): Script[] {
  const required = new Set(scripts.flatMap(({ source }) => librariesOf(source).map(({ id }) => id)))
  return scripts.toSorted((one, other) => Number(required.has(other.name)) - Number(required.has(one.name)))
}

function prefixedScript(
  script: Script,
  all: readonly Script[],
  ids: ReadonlyMap<string, string>,
  prefix: string,
): Script {
  const source = prefixedSource(script.source, all, prefix)
  return { ...script, id: ids.get(script.id) ?? script.id, name: `${prefix}${script.name}`, source }
}

/** The source with the new names of libraries. */
function prefixedSource(source: string, all: readonly Script[], prefix: string): string {
  const libraries = librariesOf(source).filter(({ id }) => all.some(({ name }) => name === id))
  return libraries.reduce(
    (text, { id }) =>
      text.replaceAll(`'${id}'`, () => `'${prefix}${id}'`).replaceAll(`"${id}"`, () => `"${prefix}${id}"`),
    source,
  )
}

/** Service names have lower-case letters and digits only. */
function prefixedType(type: CustomNodeType, all: readonly Script[], prefix: string): CustomNodeType {
  return {
    ...type,
    serviceName: `${prefix.replaceAll('-', '')}${type.serviceName}`,
    displayName: `${prefix}${type.displayName}`,
    script: prefixedSource(type.script, all, prefix),
  }
}

/** The type of nodes of a custom type. */
function typeId({ serviceName }: CustomNodeType): string {
  return `designer-${serviceName}`
}

/** Pages name the types of their nodes, and Configuration Providers the type that they imitate. */
function withTypes(config: JsonObject, typeOf: (type: string) => string): JsonObject {
  const renamed = (value: Json): Json => {
    if (!isJsonObject(value) || typeof value.nodeType !== 'string') return value
    return { ...value, nodeType: typeOf(value.nodeType) }
  }
  const { nodes } = config
  return Array.isArray(nodes)
    ? { ...config, nodes: nodes.map(renamed) }
    : { ...config, ...(typeof config.nodeType === 'string' ? { nodeType: typeOf(config.nodeType) } : {}) }
}

function withReferences(
  config: JsonObject,
  scripts: ReadonlyMap<string, string>,
  journeys: ReadonlyMap<string, string>,
): JsonObject {
  const renamed = (value: Json | undefined, names: ReadonlyMap<string, string>) =>
    typeof value === 'string' ? (names.get(value) ?? value) : value
  const { tree, script } = config
  return {
    ...config,
    ...(tree === undefined ? {} : { tree: renamed(tree, journeys) ?? tree }),
    ...(script === undefined ? {} : { script: renamed(script, scripts) ?? script }),
  }
}
