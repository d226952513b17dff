import { useEffect, useState } from 'react'
import { shortcutKey } from '../../layout/shortcut-key.ts'
import { isShortcutBlocked, useShortcutSettings } from '../../layout/use-shortcuts.ts'

/** Milliseconds that "Link copied" is shown. */
const shownFor = 4_000

/** The shortcut `L`, which copies the link. @returns whether the link has just been copied. */
export function useCopyKey(link: string | undefined): boolean {
  const [isCopied, setIsCopied] = useState(false)
  const { shortcutsEnabled } = useShortcutSettings()
  useEffect(() => {
    if (link === undefined || !shortcutsEnabled) return
    const press = async (event: KeyboardEvent) => {
      if (shortcutKey(event) !== 'l' || isShortcutBlocked(event)) return
      event.preventDefault()
      await navigator.clipboard.writeText(link)
      setIsCopied(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [link, shortcutsEnabled])
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), shownFor)
    return () => clearTimeout(timer)
  }, [isCopied])
  return isCopied
}
