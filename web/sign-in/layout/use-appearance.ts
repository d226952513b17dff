import { useEffect, useState } from 'react'
import { type Appearance, readAppearance } from '../../api/appearance.ts'
import { applyFavicon, applyTheme } from './theme.ts'

/** How the realm wants this page to look; undefined as long as that is not known, and where nobody knows. */
export function useAppearance(
  realm: string,
  journey: string | undefined,
  locale: string,
): Appearance | undefined {
  const [appearance, setAppearance] = useState<Appearance>()
  useEffect(() => {
    let isWanted = true
    // A page without its colours signs in as well: whatever is wrong with them stops nobody.
    readAppearance(realm, { journey, locale })
      .then((read) => isWanted && setAppearance(read))
      .catch(() => {})
    return () => {
      isWanted = false
    }
  }, [realm, journey, locale])
  useEffect(() => (appearance === undefined ? undefined : dressed(appearance)), [appearance])
  return appearance
}

/** Follows the colour scheme as it changes. */
function dressed(appearance: Appearance): () => void {
  let undress = applyTheme(appearance)
  const undoFavicon = applyFavicon(appearance)
  const observer = new MutationObserver(() => {
    undress()
    undress = applyTheme(appearance)
  })
  observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })
  return () => {
    observer.disconnect()
    undress()
    undoFavicon()
  }
}
