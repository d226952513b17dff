import { innerJourneyOf } from '../../engine/journey.ts'
import type { Bundle } from '../exchange/bundle.ts'
import { membersOf } from '../exchange/references.ts'
import type { Comparison, Difference, Item } from './difference.ts'
import { kindOrder } from './kind-names.ts'

/** The part of the second content that the first one lacks. */
export type ToWrite = {
  /** The new and changed things of the second content. */
  write: Bundle
  /** The things of the first content that are replaced. */
  replaced: Bundle
  /** Their differences, dependencies first: documents, scripts, inner journeys, journeys. */
  differences: Difference[]
  /** Things that only the first content has. They stay. */
  stays: Item[]
}

export function toWrite({ differences }: Comparison, before: Bundle, after: Bundle): ToWrite {
  const present = new Set(itemKeys(after))
  const written = differences.filter(({ item }) => present.has(keyOf(item)))
  const keys = new Set(written.map(({ item }) => keyOf(item)))
  const others = differences.map(({ item }) => item).filter((item) => !present.has(keyOf(item)))
  const stays = [...new Map(others.map((item) => [keyOf(item), item])).values()]
  const write = partOf(keys, after)
  return { write, replaced: partOf(keys, before), differences: inOrder(written, write), stays }
}

/** The things with these keys, and the nodes of their journeys. */
export function partOf(keys: ReadonlySet<string>, content: Bundle): Bundle {
  const has = (kind: string, id: string) => keys.has(keyOf({ kind, id }))
  const journeys = content.journeys.filter(({ _id }) => has('journey', _id))
  const nodes = new Map(content.nodes.map((node) => [node.id, node]))
  const members = new Set(journeys.flatMap((journey) => membersOf(journey, nodes).map(({ id }) => id)))
  return {
    journeys,
    nodes: content.nodes.filter(({ id }) => members.has(id)),
    scripts: content.scripts.filter(({ id }) => has('script', id)),
    customNodeTypes: content.customNodeTypes.filter(({ serviceName }) => has('customNodeType', serviceName)),
    documents: content.documents.filter(({ kind, id }) => has(kind, id)),
    findings: [],
  }
}

/** The keys of all things of a content. */
export function itemKeys({ journeys, scripts, customNodeTypes, documents }: Bundle): string[] {
  return [
    ...journeys.map(({ _id }) => keyOf({ kind: 'journey', id: _id })),
    ...scripts.map(({ id }) => keyOf({ kind: 'script', id })),
    ...customNodeTypes.map(({ serviceName }) => keyOf({ kind: 'customNodeType', id: serviceName })),
    ...documents.map(keyOf),
  ]
}

/** Tells things of a content apart. */
export function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind}\n${id}`
}

/** Journeys after the things that they use, and after their inner journeys. Differences of one thing keep their order. */
function inOrder(differences: readonly Difference[], content: Bundle): Difference[] {
  const journeys = innerFirst(content)
  const place = ({ item: { kind, id } }: Difference) =>
    kind === 'journey' ? kindOrder.length + journeys.indexOf(id) : -kindOrder.indexOf(kind)
  return differences.toSorted((one, other) => place(one) - place(other))
}

function innerFirst(content: Bundle): string[] {
  const nodes = new Map(content.nodes.map((node) => [node.id, node]))
  const inner = new Map(
    content.journeys.map((journey) => [
      journey._id,
      membersOf(journey, nodes).flatMap(
        ({ type, settings }) => innerJourneyOf({ type, config: settings?.config ?? {} }) ?? [],
      ),
    ]),
  )
  const order = new Set<string>()
  const open = [...inner.keys()].toSorted().toReversed()
  const entered = new Set<string>()
  for (let name = open.at(-1); name !== undefined; name = open.at(-1)) {
    const before = entered.has(name)
      ? []
      : (inner.get(name) ?? []).filter((one) => inner.has(one) && !entered.has(one))
    entered.add(name)
    if (before.length > 0) open.push(...before)
    else {
      open.pop()
      order.add(name)
    }
  }
  return [...order]
}
