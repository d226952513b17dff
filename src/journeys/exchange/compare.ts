import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { JsonObject } from '../../engine/json.ts'
import type { Script } from '../../scripts/script.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { membersOf } from './references.ts'

/** What becomes of one thing. `kept` differs in the files and stays as the realm has it. */
export const planItemSchema = z.object({
  /** `journey`, `node`, `script`, `customNodeType`, or the kind of a raw document. */
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  status: z.enum(['new', 'changed', 'identical', 'kept']),
  /** The journey of a node. */
  journey: z.string().optional(),
})

type PlanItem = z.infer<typeof planItemSchema>

type Part = Omit<PlanItem, 'status'> & { value: unknown }

/**
 * Compares each thing that is wanted with what the realm has.
 *
 * @param existing what becomes of a thing whose id the realm has. A journey that is kept keeps its nodes.
 * @returns every thing with its status, and of them what has to be written.
 */
export function compare(
  wanted: ConfigurationChange,
  realm: ConfigurationChange,
  existing: 'replace' | 'skip',
): { items: PlanItem[]; change: ConfigurationChange } {
  const present = new Map(partsOf(realm).map((part) => [keyOf(part), part.value]))
  const stays = existing === 'skip' ? nodesThatStay(wanted, realm) : new Set<string>()
  const items = partsOf(wanted).map((part): PlanItem => {
    const { value, ...about } = part
    const old = present.get(keyOf(part))
    if (old === undefined) {
      return { ...about, status: about.kind === 'node' && stays.has(about.id) ? 'kept' : 'new' }
    }
    if (isDeepStrictEqual(old, value)) return { ...about, status: 'identical' }
    return { ...about, status: existing === 'skip' ? 'kept' : 'changed' }
  })
  const written = items.filter(({ status }) => status === 'new' || status === 'changed')
  return { items, change: only(wanted, new Set(written.map(keyOf))) }
}

function partsOf(held: ConfigurationChange): Part[] {
  const { journeys, scripts, customNodeTypes, documents } = held
  return [
    ...journeys.map((value) => ({ kind: 'journey', id: value._id, name: value._id, value })),
    ...nodeParts(held),
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
      name: titleOf(document) ?? id,
      value: document,
    })),
  ]
}

/** Themes have a name beside their id. */
function titleOf({ name }: JsonObject): string | undefined {
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** Nodes are called as their journey calls them. */
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

/** Who wrote a script, and when, is no difference. */
function content({ createdBy, createdAt, lastModifiedBy, lastModifiedAt, ...rest }: Script): object {
  return rest
}

function only(change: ConfigurationChange, keys: ReadonlySet<string>): ConfigurationChange {
  const has = (kind: string, id: string) => keys.has(keyOf({ kind, id }))
  return {
    journeys: change.journeys.filter(({ _id }) => has('journey', _id)),
    nodes: change.nodes.filter(({ id }) => has('node', id)),
    scripts: change.scripts.filter(({ id }) => has('script', id)),
    customNodeTypes: change.customNodeTypes.filter(({ serviceName }) => has('customNodeType', serviceName)),
    documents: change.documents.filter(({ kind, id }) => has(kind, id)),
  }
}

/** The nodes of journeys that are kept, unless a journey that is not needs them too. */
function nodesThatStay(wanted: ConfigurationChange, realm: ConfigurationChange): Set<string> {
  const nodes = new Map(wanted.nodes.map((node) => [node.id, node]))
  const there = new Set(realm.journeys.map(({ _id }) => _id))
  const idsOf = (isThere: boolean) =>
    wanted.journeys
      .filter(({ _id }) => there.has(_id) === isThere)
      .flatMap((journey) => membersOf(journey, nodes).map(({ id }) => id))
  const needed = new Set(idsOf(false))
  return new Set(idsOf(true).filter((id) => !needed.has(id)))
}

function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind}\n${id}`
}
