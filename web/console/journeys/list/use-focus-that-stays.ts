import { useEffect, useRef } from 'react'

/** The focus of a row that goes passes to the one before it. @returns the ref of the rows. */
export function useFocusThatStays(rows: readonly unknown[]) {
  const body = useRef<HTMLTableSectionElement>(null)
  const last = useRef<number>(undefined)
  useEffect(() => {
    const remember = () => {
      const at = [...(body.current?.rows ?? [])].findIndex((row) => row.contains(document.activeElement))
      // Nothing is focused when the element that was has gone.
      if (document.activeElement !== document.body) last.current = at === -1 ? undefined : at
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows go when the list is another
  useEffect(() => {
    if (last.current === undefined || document.activeElement !== document.body) return
    linksIn(body.current)[Math.max(0, last.current - 1)]?.focus()
  }, [rows])
  return body
}

/** The links to journeys, from the first row to the last. */
export function linksIn(body: HTMLElement | null): HTMLElement[] {
  return [...(body?.querySelectorAll<HTMLElement>('.what a') ?? [])]
}
