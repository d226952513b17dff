import type { AnyNodeType } from '../../engine/node-type.ts'
import { nodeTypeNamed } from '../../nodes/catalogue.ts'
import type { CustomNodeType } from '../../nodes/custom-node-type.ts'
import { designerNode } from '../../nodes/designer-node.ts'
import type { RealmDocument } from '../../realms/document-store.ts'
import { builtInScripts, isBuiltIn } from '../../scripts/built-in/built-in-scripts.ts'
import type { Script } from '../../scripts/script.ts'
import type { JourneyDocument } from '../journey-document.ts'
import type { TypeLookup } from '../revision.ts'
import type { Change, Comparison, Content, Difference, Item } from './difference.ts'
import { documentChanges, nameOfDocument } from './document-changes.ts'
import { type Changes, journeyChanges } from './journey-changes.ts'
import { kindOrder } from './kind-names.ts'
import { compareTexts, viewOf } from './members.ts'
import type { Known } from './node-changes.ts'
import { keyOf, type Pair, pairs } from './pair.ts'
import { customNodeTypeChanges, scriptChanges } from './script-changes.ts'

/**
 * Compares two contents in words. Canvas coordinates, revisions, dates, authors and the order in files don't count. Things that
 * were created again with other ids are recognised by their names.
 */
export function differencesOf(before: Content, after: Content): Comparison {
  const scripts = pairScripts(before.scripts, after.scripts)
  const types = pairs(before.customNodeTypes, after.customNodeTypes, [
    keyOf(({ serviceName }) => serviceName),
    keyOf(({ displayName }) => displayName),
  ])
  const documents = pairs(before.documents, after.documents, [
    keyOf(({ kind, id }) => `${kind}\n${id}`),
    keyOf((document) => `${document.kind}\n${nameOfDocument(document)}`),
  ])
  const known: Known = {
    ids: new Map([
      ...scripts.flatMap((pair) => newId(pair, ({ id }) => id)),
      ...types.flatMap((pair) => newId(pair, ({ serviceName }) => `designer-${serviceName}`)),
      ...documents.flatMap((pair) => newId(pair, ({ id }) => id)),
    ]),
    names: new Map([...namesIn(before), ...namesIn(after)]),
    typeBefore: typesIn(before),
    typeAfter: typesIn(after),
  }
  const found = [
    ...journeyDifferences(before, after, known),
    ...scripts.map((pair) => differences(pair, aboutScript, only(scriptChanges))),
    ...types.map((pair) => differences(pair, aboutType, only(customNodeTypeChanges))),
    ...documents.map((pair) =>
      differences(pair, aboutDocument, (old, now) => documentChanges(old, now, known)),
    ),
  ]
  return {
    differences: inOrder(found.flatMap(({ differences }) => differences)),
    unknown: inOrder(found.flatMap(({ unknown }) => unknown)),
  }
}

function journeyDifferences(before: Content, after: Content, known: Known): Comparison[] {
  const nodesBefore = new Map(before.nodes.map((node) => [node.id, node]))
  const nodesAfter = new Map(after.nodes.map((node) => [node.id, node]))
  return pairs(before.journeys, after.journeys, [keyOf(({ _id }) => _id)]).map((pair) =>
    differences(pair, aboutJourney, (old, now) =>
      journeyChanges(viewOf(old, nodesBefore), viewOf(now, nodesAfter), known),
    ),
  )
}

/** Every realm has the built-in scripts, whether a file contains them or not. */
function pairScripts(before: readonly Script[], after: readonly Script[]): Pair<Script>[] {
  const own = (scripts: readonly Script[]) => scripts.filter((script) => !isBuiltIn(script))
  return pairs(own(before), own(after), [
    keyOf(({ id }) => id),
    keyOf(({ name, context }) => `${name}\n${context}`),
  ]).map((pair) => ({
    before: pair.before ?? builtInScripts.get(pair.after?.id ?? ''),
    after: pair.after ?? builtInScripts.get(pair.before?.id ?? ''),
  }))
}

function differences<Thing>(
  { before, after }: Pair<Thing>,
  about: (thing: Thing) => Item,
  compare: (before: Thing, after: Thing) => Changes,
): Comparison {
  if (after === undefined) return wholly(before && about(before), 'removed')
  const item = about(after)
  if (before === undefined) return wholly(item, 'added')
  const { changes, unknown } = compare(before, after)
  const withItem = (change: Change): Difference => ({ item, ...change })
  return { differences: changes.map(withItem), unknown: unknown.map(withItem) }
}

function wholly(item: Item | undefined, kind: 'added' | 'removed'): Comparison {
  return { differences: item === undefined ? [] : [{ item, kind, words: kind }], unknown: [] }
}

function only<Thing>(changesOf: (before: Thing, after: Thing) => Change[]) {
  return (before: Thing, after: Thing): Changes => ({
    changes: before === after ? [] : changesOf(before, after),
    unknown: [],
  })
}

function newId<Thing>({ before, after }: Pair<Thing>, idOf: (thing: Thing) => string): [string, string][] {
  if (before === undefined || after === undefined || idOf(before) === idOf(after)) return []
  return [[idOf(before), idOf(after)]]
}

function typesIn({ customNodeTypes }: Content): TypeLookup {
  const definitions = new Map(customNodeTypes.map((type) => [`designer-${type.serviceName}`, type]))
  const custom = new Map<string, AnyNodeType>()
  const customNamed = (name: string) => {
    const definition = definitions.get(name)
    if (definition !== undefined && !custom.has(name)) custom.set(name, designerNode(definition))
    return custom.get(name)
  }
  return (type, version) => nodeTypeNamed(type, version) ?? customNamed(type)
}

/** Names of things that settings refer to by id. */
function namesIn({ scripts, documents }: Content): [id: string, name: string][] {
  return [
    ...scripts.map(({ id, name }): [string, string] => [id, name]),
    ...documents
      .filter(({ id, document }) => document.name !== undefined && document.name !== id)
      .map((document): [string, string] => [document.id, nameOfDocument(document)]),
  ]
}

function inOrder(found: readonly Difference[]): Difference[] {
  const place = ({ item: { kind } }: Difference) =>
    (kindOrder.indexOf(kind) + kindOrder.length) % kindOrder.length
  return found.toSorted(
    (one, other) =>
      place(one) - place(other) ||
      compareTexts(one.item.kind, other.item.kind) ||
      compareTexts(one.item.name, other.item.name) ||
      compareTexts(one.item.id, other.item.id),
  )
}

const aboutJourney = ({ _id }: JourneyDocument): Item => ({ kind: 'journey', id: _id, name: _id })
const aboutScript = ({ id, name }: Script): Item => ({ kind: 'script', id, name })
const aboutType = ({ serviceName, displayName }: CustomNodeType): Item => ({
  kind: 'customNodeType',
  id: serviceName,
  name: displayName,
})
const aboutDocument = (document: RealmDocument): Item => ({
  kind: document.kind,
  id: document.id,
  name: nameOfDocument(document),
})
