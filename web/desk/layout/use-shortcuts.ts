import { useEffect } from 'react'
import { create } from 'zustand'
import { useNavigate } from '../navigation/navigation.ts'
import { useKeyList } from './key-list.tsx'
import { shortcutKey } from './shortcut-key.ts'
import { useCheckList } from './use-check-list.ts'

const storageKey = 'sidegate-desk-keys'

/** Single-key shortcuts interfere with speech input, so they can be turned off. Source: WCAG 2.2, 2.1.4. */
export const useShortcutSettings = create<{ shortcutsEnabled: boolean; toggleShortcuts(): void }>()(
  (set, get) => ({
    shortcutsEnabled: stored() !== 'off',
    toggleShortcuts() {
      const shortcutsEnabled = !get().shortcutsEnabled
      try {
        localStorage.setItem(storageKey, shortcutsEnabled ? 'on' : 'off')
      } catch {
        // Storage is disabled: the choice is lost on reload.
      }
      set({ shortcutsEnabled })
    },
  }),
)

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

/** The keys that `KeyList` explains, but `L`, which belongs to the card of the link. */
export function useShortcuts(): void {
  const navigate = useNavigate()
  const { running } = useCheckList()
  const { shortcutsEnabled } = useShortcutSettings()
  const showKeys = useKeyList(({ show }) => show)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!shortcutsEnabled || isShortcutBlocked(event)) return
      const key = shortcutKey(event)
      // A filled form is lost with its page.
      const hasForm = document.querySelector('form[data-filled]') !== null
      if (hasForm && key !== '?') return
      const numbered = /^[1-9]$/.test(key) ? running[Number(key) - 1] : undefined
      if (key === 'n') navigate({ page: 'new' })
      else if (key === '?') showKeys()
      else if (key === 's') navigate({ page: 'side-by-side' })
      else if (numbered !== undefined) navigate({ page: 'check', reference: numbered.row.reference })
      else return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [navigate, running, shortcutsEnabled, showKeys])
}

/** Shortcuts don't apply in forms (but numbered choices), text fields, dialogs and menus, and with modifier keys. */
export function isShortcutBlocked(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    (target.closest('form') !== null && target.closest('fieldset.choice') === null) ||
    target.matches('input:not([type="radio"]), textarea, select') ||
    document.querySelector('[aria-modal="true"], [role="menu"]') !== null
  )
}
