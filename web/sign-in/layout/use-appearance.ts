import { useEffect, useState } from 'react'
import { type Appearance, readAppearance } from '../../api/appearance.ts'
import { applyFavicon, applyTheme } from './theme.ts'

/** The realm's branding, which this also applies. Undefined until it has loaded, and if it cannot be loaded. */
export function useAppearance(
  realm: string,
  journey: string | undefined,
  locale: string,
): Appearance | undefined {
  const [appearance, setAppearance] = useState<Appearance>()
  useEffect(() => {
    let isCurrent = true
    // Errors are ignored: people can sign in without the branding.
    readAppearance(realm, { journey, locale })
      .then((read) => isCurrent && setAppearance(read))
      .catch(() => {})
    return () => {
      isCurrent = false
    }
  }, [realm, journey, locale])
  useEffect(() => (appearance === undefined ? undefined : applyAppearance(appearance)), [appearance])
  return appearance
}

/** Applies the branding again when the colour scheme changes. */
function applyAppearance(appearance: Appearance): () => void {
  let removeTheme = applyTheme(appearance)
  const undoFavicon = applyFavicon(appearance)
  const observer = new MutationObserver(() => {
    removeTheme()
    removeTheme = applyTheme(appearance)
  })
  observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })
  return () => {
    observer.disconnect()
    removeTheme()
    undoFavicon()
  }
}
