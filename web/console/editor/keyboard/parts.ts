/** The parts that F6 goes round, in order. */
const parts = '.palette input, .react-flow, .outline, .inspector, .run-panel'

/** Moves the focus to the next part of the editor, into the first thing in it that takes it. */
export function toNextPart(root: HTMLElement, isBack: boolean): void {
  const all = [...root.querySelectorAll<HTMLElement>(parts)]
  const at = all.findIndex((part) => part.contains(document.activeElement))
  const next = all[(at + (isBack ? -1 : 1) + all.length) % all.length]
  if (next === undefined) return
  const isItself = next.tabIndex >= 0
  const first = isItself ? next : next.querySelector<HTMLElement>(focusable)
  first?.focus()
}

const focusable =
  'button:not([disabled], [tabindex="-1"]), input:not([disabled]), textarea:not([disabled]), select, a[href], [tabindex="0"]'
