import { type Draft, startId } from '../model/draft.ts'
import { type NodeViews, outcomesOf, tabStops } from '../model/tab-order.ts'
import type { EditorStore } from '../store/editor-store.ts'

/**
 * Moves the selection with the keyboard.
 * @returns false if the key has no effect, such as Tab after the last node.
 */
export function navigateCanvas(store: EditorStore, key: string, isShift: boolean): boolean {
  switch (key) {
    case 'Tab':
      return selectNextStop(store, isShift ? -1 : 1)
    case 'ArrowDown':
      return selectNextOutcome(store, 1)
    case 'ArrowUp':
      return selectNextOutcome(store, -1)
    case 'ArrowRight':
      return follow(store)
    case 'ArrowLeft':
      return goBack(store)
    default:
      return false
  }
}

function selectNextStop(store: EditorStore, by: 1 | -1): boolean {
  const { history, autoPositions, nodeViews, selection, select } = store.getState()
  const stops = tabStops(history.present, autoPositions, nodeViews)
  const at = stops.indexOf(selection.at(-1) ?? '')
  const next = at < 0 ? (by > 0 ? stops[0] : stops.at(-1)) : stops[at + by]
  if (next === undefined) {
    select([])
    return false
  }
  select([next])
  return true
}

function selectNextOutcome(store: EditorStore, by: 1 | -1): boolean {
  const { nodeViews, selection, selectedOutcome, selectOutcome } = store.getState()
  const from = selection.at(-1)
  if (from === undefined) return false
  const outcomes = outcomesOf(nodeViews, from)
  const at = outcomes.findIndex(({ id }) => selectedOutcome?.from === from && selectedOutcome.outcome === id)
  const next =
    at < 0
      ? by > 0
        ? outcomes[0]
        : outcomes.at(-1)
      : outcomes[(at + by + outcomes.length) % outcomes.length]
  if (next !== undefined) selectOutcome({ from, outcome: next.id })
  return true
}

/** Follows the selected outcome, or the first connected one. */
function follow(store: EditorStore): boolean {
  const { nodeViews, history, selection, selectedOutcome, select } = store.getState()
  const from = selection.at(-1)
  const target = targetFrom(history.present, { from, nodeViews, outcome: selectedOutcome?.outcome })
  if (target !== undefined) {
    trailOf(store).push(from ?? startId)
    select([target])
  }
  return true
}

function targetFrom(
  draft: Draft,
  {
    from,
    nodeViews,
    outcome,
  }: { from: string | undefined; nodeViews: NodeViews; outcome: string | undefined },
): string | undefined {
  if (from === undefined || from === startId) return draft.tree.entryNodeId
  const outcomes = outcomesOf(nodeViews, from)
  const chosen = outcome === undefined ? undefined : outcomes.find(({ id }) => id === outcome)
  return (chosen ?? outcomes.find(({ target }) => target !== undefined))?.target
}

/** The nodes that were left with →, so that ← returns to them. */
const trails = new WeakMap<EditorStore, string[]>()

function trailOf(store: EditorStore): string[] {
  const trail = trails.get(store) ?? []
  trails.set(store, trail)
  return trail
}

function goBack(store: EditorStore): boolean {
  const { history, selection, select, nodeViews } = store.getState()
  const at = selection.at(-1)
  if (at === undefined) return false
  const trail = trailOf(store)
  const before = trail.pop()
  if (before !== undefined && leadsTo(nodeViews, before, at, history.present)) {
    select([before])
    return true
  }
  trail.length = 0
  const into = [...nodeViews.values()].find(({ outcomes }) =>
    outcomes.some(({ target }) => target === at),
  )?.id
  select([into ?? startId])
  return true
}

function leadsTo(nodeViews: NodeViews, from: string, to: string, draft: Draft): boolean {
  if (from === startId) return draft.tree.entryNodeId === to
  return outcomesOf(nodeViews, from).some(({ target }) => target === to)
}
