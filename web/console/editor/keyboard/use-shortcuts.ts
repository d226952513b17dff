import { type RefObject, useEffect } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { isTyping } from './is-typing.ts'
import { shortcuts } from './shortcuts.ts'

/** Handles the editor's shortcuts. Fields keep the keys that they need. */
export function useShortcuts(root: RefObject<HTMLElement | null>): void {
  const store = useEditorStore()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || store.getState().dialog !== undefined) return
      if (event.key === 'F6' && root.current !== null) {
        event.preventDefault()
        focusNextRegion(root.current, event.shiftKey)
        return
      }
      const isInField = isTyping(event.target)
      const command = shortcuts.find(
        ({ matches, isEverywhere = false }) => (isEverywhere || !isInField) && matches(event),
      )
      if (command === undefined || !belongsToEditor(root.current, event.target)) return
      event.preventDefault()
      command.run(store, event)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [store, root])
}

/** Keys pressed in the navigation don't belong to the editor. */
function belongsToEditor(root: HTMLElement | null, target: EventTarget | null): boolean {
  if (root === null) return false
  return target === document.body || (target instanceof Node && root.contains(target))
}

/** The regions that F6 cycles through. */
const regions = '.palette input, .react-flow, .outline, .inspector, .run-panel'

/** Moves the focus to the first focusable element of the next region. */
function focusNextRegion(root: HTMLElement, isBack: boolean): void {
  const all = [...root.querySelectorAll<HTMLElement>(regions)]
  const at = all.findIndex((part) => part.contains(document.activeElement))
  const next = all[(at + (isBack ? -1 : 1) + all.length) % all.length]
  if (next === undefined) return
  const isItself = next.tabIndex >= 0
  const first = isItself ? next : next.querySelector<HTMLElement>(focusable)
  first?.focus()
}

const focusable =
  'button:not([disabled], [tabindex="-1"]), input:not([disabled]), textarea:not([disabled]), select, a[href], [tabindex="0"]'
