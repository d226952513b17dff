import { useEffect, useState } from 'react'
import { isShortcutBlocked, useShortcutSettings } from '../../layout/use-shortcuts.ts'

/** The shortcut `L`, which copies the link. @returns whether the link has been copied. */
export function useCopyKey(link: string | undefined): boolean {
  const [isCopied, setIsCopied] = useState(false)
  const { shortcutsEnabled } = useShortcutSettings()
  useEffect(() => {
    if (link === undefined || !shortcutsEnabled) return
    const press = async (event: KeyboardEvent) => {
      if (event.key !== 'l' || isShortcutBlocked(event)) return
      event.preventDefault()
      await navigator.clipboard.writeText(link)
      setIsCopied(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [link, shortcutsEnabled])
  return isCopied
}
