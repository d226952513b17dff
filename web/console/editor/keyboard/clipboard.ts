import { type Fragment, fragmentText, readFragment } from '../model/fragment.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** What was copied last in this tab: for browsers that do not let a page read the clipboard. */
let kept: string | undefined

/** Puts nodes onto the clipboard, as JSON that other journeys, other tabs and text editors can take. */
export async function writeToClipboard(store: EditorStore, ids: readonly string[]): Promise<boolean> {
  const fragment = store.getState().copy(ids)
  if (fragment === undefined) return false
  kept = fragmentText(fragment)
  try {
    await navigator.clipboard.writeText(kept)
  } catch {
    // Not allowed here: this tab still has it.
  }
  return true
}

export function clipboardText(store: EditorStore): string | undefined {
  const { selection, copy } = store.getState()
  const fragment = copy(selection)
  kept = fragment === undefined ? kept : fragmentText(fragment)
  return fragment === undefined ? undefined : kept
}

/** The nodes of a text; without a text those that this tab copied last. */
export function fragmentFrom(text: string | undefined): Fragment | undefined {
  return readFragment(text === undefined || text === '' ? (kept ?? '') : text)
}
