import type { Content, Difference } from '../compare/difference.ts'
import { differencesOf } from '../compare/differences.ts'
import type { PlanItem } from './plan-items.ts'

/** Longer lists end with the number of further changes. */
const maxChanges = 20
/** In characters. */
const maxLength = 300

/**
 * Adds to each changed item what an import changes in it. A journey lists the changes of its nodes, too, also if its own document
 * stays the same.
 * @param after the realm after the import.
 * @param mayRead whether the person who imports may see the content of this kind of thing.
 */
export function withChanges(
  items: readonly PlanItem[],
  { before, after }: { before: Content; after: Content },
  mayRead: (kind: string) => boolean,
): PlanItem[] {
  const touched = new Set(items.filter(isWritten).map(journeyOf))
  const only = (content: Content) => ({
    ...content,
    journeys: content.journeys.filter(({ _id }) => touched.has(_id)),
  })
  const { differences, unknown } = differencesOf(only(before), only(after))
  const found = Map.groupBy([...differences, ...unknown], ({ item }) => keyOf(item))
  const isListed = (item: PlanItem) =>
    item.kind === 'journey'
      ? (item.status === 'changed' || item.status === 'identical') && touched.has(item.id)
      : item.kind !== 'node' && item.status === 'changed'
  return items.map((item) => {
    if (!isListed(item) || !mayRead(item.kind)) return item
    return { ...item, changes: bounded((found.get(keyOf(item)) ?? []).map(({ words }) => words)) }
  })
}

function isWritten({ status }: PlanItem): boolean {
  return status === 'new' || status === 'changed'
}

function journeyOf({ kind, id, journey }: PlanItem): string | undefined {
  return kind === 'journey' ? id : journey
}

function keyOf({ kind, id }: Difference['item']): string {
  return `${kind}\n${id}`
}

/** Long changes are cut. */
export function shortened(words: string): string {
  return words.length <= maxLength ? words : `${words.slice(0, maxLength - 1)}…`
}

/** Long lists and long changes are cut. */
export function bounded(changes: readonly string[]): string[] {
  if (changes.length === 0) return ['only its form: positions, ids of nodes, or defaults']
  const shown = changes.slice(0, maxChanges).map(shortened)
  return changes.length <= maxChanges ? shown : [...shown, `and ${changes.length - maxChanges} more`]
}
