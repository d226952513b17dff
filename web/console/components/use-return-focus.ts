import { useEffect } from 'react'

/** Returns the focus when a dialog is unmounted. Mantine does so only when it closes. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
}
