import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import type { Script } from '../../scripts/script.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { type Choices, keyOf, planStatusSchema, takes } from './choices.ts'
import { keptDocumentSchema, keptKind, keptName } from './kept-documents.ts'
import { membersOf } from './references.ts'

/** The effect of an import on one thing. */
export const planItemSchema = z.object({
  /** `journey`, `node`, `script`, `customNodeType`, or the kind of a raw document. */
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  status: planStatusSchema,
  /** The journey of a node. */
  journey: z.string().optional(),
  /** Changes in words, of a changed journey with its nodes and of other changed things. */
  changes: z.array(z.string()).optional(),
  /** Changes that protect the realm less, in words. */
  weakens: z.array(z.string()).optional(),
})

export type PlanItem = z.infer<typeof planItemSchema>

type Part = Omit<PlanItem, 'status'> & { value: unknown }

/**
 * Compares the imported things with the realm.
 *
 * @param choices whether to replace things whose id exists in the realm. A kept journey keeps its nodes.
 * @returns every thing with its status, and the change to write.
 */
export function planItems(
  imported: ConfigurationChange,
  realm: ConfigurationChange,
  choices: Choices,
): { items: PlanItem[]; change: ConfigurationChange } {
  const present = new Map(partsOf(realm).map((part) => [keyOf(part), part.value]))
  const owners = ownersOf(imported)
  const there = new Set(realm.journeys.map(({ _id }) => _id))
  const isTaken = ({ kind, id }: Part, isThere: boolean) => {
    const of = kind === 'node' ? (owners.get(id) ?? []) : []
    if (of.length === 0) return takes(choices, { kind, id }, isThere)
    // A new journey doesn't replace nodes that other journeys have, too.
    return of.some((name) => takes(choices, { kind: 'journey', id: name }, isThere || there.has(name)))
  }
  const items = partsOf(imported).map((part): PlanItem => {
    const { value, ...about } = part
    const old = present.get(keyOf(part))
    const isThere = old !== undefined
    if (isThere && isDeepStrictEqual(old, value)) return { ...about, status: 'identical' }
    if (isTaken(part, isThere)) return { ...about, status: isThere ? 'changed' : 'new' }
    return { ...about, status: isThere || about.kind === 'node' ? 'kept' : 'left' }
  })
  const written = items.filter(isWritten)
  return { items, change: only(imported, new Set(written.map(keyOf))) }
}

/** Whether the import writes it. */
export function isWritten({ status }: Pick<PlanItem, 'status'>): boolean {
  return status === 'new' || status === 'changed'
}

function partsOf(change: ConfigurationChange): Part[] {
  const { journeys, scripts, customNodeTypes, documents } = change
  return [
    ...journeys.map((value) => ({ kind: 'journey', id: value._id, name: value._id, value })),
    ...nodeParts(change),
    ...scripts.map((value) => ({ kind: 'script', id: value.id, name: value.name, value: content(value) })),
    ...customNodeTypes.map((value) => ({
      kind: 'customNodeType',
      id: value.serviceName,
      name: value.displayName,
      value,
    })),
    ...documents.map(({ kind, id, document }) => ({
      kind,
      id,
      name: documentName(kind, id, document),
      value: document,
    })),
  ]
}

function documentName(kind: string, id: string, document: JsonObject): string {
  if (kind === 'saml2Entity') return entityId(id, document)
  if (kind === keptKind) return keptName(keptDocumentSchema.parse(document))
  return titleOf(document) ?? id
}

/** AM's ids of SAML entities are their names in base64. */
function entityId(id: string, document: JsonObject): string {
  if (typeof document.entityId === 'string' && document.entityId !== '') return document.entityId
  const bytes = Buffer.from(id, 'base64')
  const isEncoded =
    bytes.toString('base64url') === id.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  const text = bytes.toString('utf8')
  return isEncoded && /^[\x21-\x7e]+$/.test(text) ? text : id
}

/** Themes have a name and an id. */
function titleOf({ name }: JsonObject): string | undefined {
  return typeof name === 'string' && name !== '' ? name : undefined
}

function nodeParts({ journeys, nodes }: ConfigurationChange): Part[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const places = new Map(
    journeys.flatMap((journey) =>
      membersOf(journey, byId).map(({ id, displayName }) => [id, { journey: journey._id, displayName }]),
    ),
  )
  return nodes.map((value) => {
    const place = places.get(value.id)
    const name = place?.displayName || value.type
    return { kind: 'node', id: value.id, name, value, ...(place && { journey: place.journey }) }
  })
}

/** Ignores author and time of a script. */
function content({ createdBy, createdAt, lastModifiedBy, lastModifiedAt, ...rest }: Script): object {
  return rest
}

/** The part of a change with these keys. */
export function only(change: ConfigurationChange, keys: ReadonlySet<string>): ConfigurationChange {
  const has = (kind: string, id: string) => keys.has(keyOf({ kind, id }))
  return {
    journeys: change.journeys.filter(({ _id }) => has('journey', _id)),
    nodes: change.nodes.filter(({ id }) => has('node', id)),
    scripts: change.scripts.filter(({ id }) => has('script', id)),
    customNodeTypes: change.customNodeTypes.filter(({ serviceName }) => has('customNodeType', serviceName)),
    documents: change.documents.filter(({ kind, id }) => has(kind, id)),
  }
}

/** The imported journeys of each node, by its id. */
function ownersOf({ journeys, nodes }: ConfigurationChange): ReadonlyMap<string, string[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const owners = new Map<string, string[]>()
  for (const journey of journeys) {
    for (const { id } of membersOf(journey, byId)) {
      owners.set(id, [...(owners.get(id) ?? []), journey._id])
    }
  }
  return owners
}
