import { useEffect } from 'react'

/** Mantine gives the focus back to where it was when a dialog closes, but not when it just goes. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
}
