import { type ComponentType, useCallback, useEffect, useState } from 'react'

type SearchBox = ComponentType<{ realm: string; onClose(): void }>

/** Opens the search, by `Ctrl K` everywhere. It is loaded when it is first wanted. */
export function useConsoleSearch() {
  const [Box, setBox] = useState<SearchBox>()
  const [isOpen, setOpen] = useState(false)
  const open = useCallback(async () => {
    try {
      const { Search } = await import('../search/search.tsx')
      setBox(() => Search)
      setOpen(true)
    } catch {
      // The server is away: the page says so where it matters, and the keys may be pressed again.
    }
  }, [])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isSearchKey(event)) return
      event.preventDefault()
      if (isOpen) setOpen(false)
      // A dialog stays alone: it asks something.
      else if (document.querySelector('[aria-modal=true]') === null) void open()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [open, isOpen])
  return { Box: isOpen ? Box : undefined, open, close: () => setOpen(false) }
}

/** On a Mac `Ctrl K` deletes to the end of a line; there it is `⌘ K`. */
function isSearchKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const isHeld = isMac() ? metaKey && !ctrlKey : ctrlKey && !metaKey
  return isHeld && !shiftKey && !altKey && key.toLowerCase() === 'k'
}

/** How this computer writes the keys that open the search. */
export function searchKeys(): string {
  return isMac() ? '⌘ K' : 'Ctrl K'
}

function isMac(): boolean {
  return /^(Mac|iP)/.test(navigator.platform)
}
