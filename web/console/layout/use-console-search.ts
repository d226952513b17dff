import { type ComponentType, useCallback, useEffect, useState } from 'react'

type SearchBox = ComponentType<{ realm: string; onClose(): void }>

/** The search dialog, opened with Ctrl K (⌘ K on a Mac). Its code is loaded on first use. */
export function useConsoleSearch() {
  const [Box, setBox] = useState<SearchBox>()
  const [isOpen, setOpen] = useState(false)
  const open = useCallback(async () => {
    try {
      const { Search } = await import('../search/search.tsx')
      setBox(() => Search)
      setOpen(true)
    } catch {
      // The server is unreachable. The page reports that itself, and the user can try again.
    }
  }, [])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isSearchKey(event)) return
      event.preventDefault()
      if (isOpen) setOpen(false)
      // Don't open on top of another dialog.
      else if (document.querySelector('[aria-modal=true]') === null) void open()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [open, isOpen])
  return { Box: isOpen ? Box : undefined, open, close: () => setOpen(false) }
}

/** On a Mac, Ctrl K deletes to the end of the line, so ⌘ K is used. */
function isSearchKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const isHeld = isMac() ? metaKey && !ctrlKey : ctrlKey && !metaKey
  return isHeld && !shiftKey && !altKey && key.toLowerCase() === 'k'
}

/** Label of the keyboard shortcut on this platform. */
export function searchKeys(): string {
  return isMac() ? '⌘ K' : 'Ctrl K'
}

function isMac(): boolean {
  return /^(Mac|iP)/.test(navigator.platform)
}
