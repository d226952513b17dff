import { type Draft, startId } from '../model/draft.ts'
import { type Stop, stopsOf, waysOfNode } from '../model/tab-order.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** Walks over the canvas with a key. @returns false for a key that means nothing, such as Tab behind the last node. */
export function walk(store: EditorStore, key: string, isShift: boolean): boolean {
  switch (key) {
    case 'Tab':
      return toNeighbour(store, isShift ? -1 : 1)
    case 'ArrowDown':
      return chooseWay(store, 1)
    case 'ArrowUp':
      return chooseWay(store, -1)
    case 'ArrowRight':
      return follow(store)
    case 'ArrowLeft':
      return goBack(store)
    default:
      return false
  }
}

function toNeighbour(store: EditorStore, by: 1 | -1): boolean {
  const { history, placed, faces, selection, select } = store.getState()
  const stops = stopsOf(history.present, placed, faces)
  const at = stops.indexOf(selection.at(-1) ?? '')
  const next = at < 0 ? (by > 0 ? stops[0] : stops.at(-1)) : stops[at + by]
  if (next === undefined) {
    select([])
    return false
  }
  select([next])
  return true
}

function chooseWay(store: EditorStore, by: 1 | -1): boolean {
  const { faces, selection, exit, chooseExit } = store.getState()
  const from = selection.at(-1)
  if (from === undefined) return false
  const ways = waysOfNode(faces, from)
  const at = ways.findIndex(({ id }) => exit?.from === from && exit.outcome === id)
  const next = at < 0 ? (by > 0 ? ways[0] : ways.at(-1)) : ways[(at + by + ways.length) % ways.length]
  if (next !== undefined) chooseExit({ from, outcome: next.id })
  return true
}

/** Along the way that is chosen, or the first that leads somewhere. */
function follow(store: EditorStore): boolean {
  const { faces, history, selection, exit, select } = store.getState()
  const from = selection.at(-1)
  const target = targetFrom(history.present, { from, faces, outcome: exit?.outcome })
  if (target !== undefined) {
    trailOf(store).push(from ?? startId)
    select([target])
  }
  return true
}

function targetFrom(
  draft: Draft,
  { from, faces, outcome }: { from: string | undefined; faces: Stop; outcome: string | undefined },
): string | undefined {
  if (from === undefined || from === startId) return draft.tree.entryNodeId
  const ways = waysOfNode(faces, from)
  const chosen = outcome === undefined ? undefined : ways.find(({ id }) => id === outcome)
  return (chosen ?? ways.find(({ target }) => target !== undefined))?.target
}

/** Where the keys came from, so that they find back. */
const trails = new WeakMap<EditorStore, string[]>()

function trailOf(store: EditorStore): string[] {
  const trail = trails.get(store) ?? []
  trails.set(store, trail)
  return trail
}

function goBack(store: EditorStore): boolean {
  const { history, selection, select, faces } = store.getState()
  const at = selection.at(-1)
  if (at === undefined) return false
  const trail = trailOf(store)
  const before = trail.pop()
  if (before !== undefined && leadsTo(faces, before, at, history.present)) {
    select([before])
    return true
  }
  trail.length = 0
  const into = [...faces.values()].find(({ ways }) => ways.some(({ target }) => target === at))?.id
  select([into ?? startId])
  return true
}

function leadsTo(faces: Stop, from: string, to: string, draft: Draft): boolean {
  if (from === startId) return draft.tree.entryNodeId === to
  return waysOfNode(faces, from).some(({ target }) => target === to)
}
