import { useEffect } from 'react'
import { create } from 'zustand'
import { useGo } from '../navigation/navigation.ts'
import { useListed } from './listed.ts'

const key = 'sidegate-desk-keys'

/** Single keys get in the way of those who dictate; they can be switched off. Source: WCAG 2.2, 2.1.4. */
export const useKeysAreOn = create<{ keysAreOn: boolean; switchKeys(): void }>()((set, get) => ({
  keysAreOn: stored() !== 'off',
  switchKeys() {
    const keysAreOn = !get().keysAreOn
    try {
      localStorage.setItem(key, keysAreOn ? 'on' : 'off')
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
    set({ keysAreOn })
  },
}))

function stored(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** `N` new check, `S` side by side, `1`–`9` the checks under way in their order. */
export function useKeys(): void {
  const go = useGo()
  const { underWay } = useListed()
  const { keysAreOn } = useKeysAreOn()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!keysAreOn || isForSomethingElse(event)) return
      const digit = /^[1-9]$/.test(event.key) ? underWay[Number(event.key) - 1] : undefined
      if (event.key === 'n') go({ page: 'new' })
      else if (event.key === 's') go({ page: 'side-by-side' })
      else if (digit !== undefined) go({ page: 'check', reference: digit.row.reference })
      else return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [go, underWay, keysAreOn])
}

/** Keys belong to a field that is typed in, to a dialog, and to the browser. */
export function isForSomethingElse(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.matches('input:not([type="radio"]), textarea, select') ||
    document.querySelector('[aria-modal="true"], [role="menu"]') !== null
  )
}
