import type { Content } from '../compare/difference.ts'
import { differencesOf } from '../compare/differences.ts'
import { type Choices, keyOf, listsChanges } from './choices.ts'
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
  { mayRead, choices }: { mayRead: (kind: string) => boolean; choices: Choices },
): PlanItem[] {
  const isDifferent = ({ status }: PlanItem) => status === 'new' || listsChanges(choices, status)
  const touched = new Set(items.filter(isDifferent).map(journeyOf))
  const only = (content: Content) => ({
    ...content,
    journeys: content.journeys.filter(({ _id }) => touched.has(_id)),
  })
  const { differences, unknown } = differencesOf(only(before), only(after))
  const found = Map.groupBy([...differences, ...unknown], ({ item }) => keyOf(item))
  const isListed = (item: PlanItem) =>
    item.kind === 'journey'
      ? item.status !== 'new' && item.status !== 'left' && touched.has(item.id)
      : item.kind !== 'node' && listsChanges(choices, item.status)
  return items.map((item) => {
    if (!isListed(item) || !mayRead(item.kind)) return item
    return { ...item, changes: bounded((found.get(keyOf(item)) ?? []).map(({ words }) => words)) }
  })
}

function journeyOf({ kind, id, journey }: PlanItem): string | undefined {
  return kind === 'journey' ? id : journey
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
