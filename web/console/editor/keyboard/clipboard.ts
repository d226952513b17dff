import { type Fragment, fragmentText, readFragment } from '../model/fragment.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** The last copy in this tab, for browsers that don't allow reading the clipboard. */
let lastCopy: string | undefined

/** Copies nodes as JSON, which can be pasted into other journeys, tabs and text editors. */
export async function writeToClipboard(store: EditorStore, ids: readonly string[]): Promise<boolean> {
  const fragment = store.getState().copy(ids)
  if (fragment === undefined) return false
  lastCopy = fragmentText(fragment)
  try {
    await navigator.clipboard.writeText(lastCopy)
  } catch {
    // Clipboard access was denied. Pasting in this tab still works.
  }
  return true
}

export function clipboardText(store: EditorStore): string | undefined {
  const { selection, copy } = store.getState()
  const fragment = copy(selection)
  lastCopy = fragment === undefined ? lastCopy : fragmentText(fragment)
  return fragment === undefined ? undefined : lastCopy
}

/** The nodes in a text. Without a text, those copied last in this tab. */
export function fragmentFrom(text: string | undefined): Fragment | undefined {
  return readFragment(text === undefined || text === '' ? (lastCopy ?? '') : text)
}
