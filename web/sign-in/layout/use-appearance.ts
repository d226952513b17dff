import { useEffect, useState } from 'react'
import { type Appearance, readAppearance } from '../../api/appearance.ts'
import { canonicalRealm, type FirstLook } from './first-look.ts'

type Wanted = { realm: string; journey: string | undefined; language: string }

type Look = {
  /** Undefined until it has loaded, and if it cannot be loaded. */
  appearance: Appearance | undefined
  /** Whether there is nothing to show yet, but soon. */
  isLoading: boolean
}

/**
 * The realm's branding, which this also applies. Until the wanted one has loaded, the one before stays, so that the page
 * doesn't flicker.
 * @param first what the server put into the page. Its journey counts until another one is known.
 */
export function useAppearance({ realm, language, ...wanted }: Wanted, first: FirstLook | undefined): Look {
  const isFirst = first !== undefined && first.realm === canonicalRealm(realm)
  const journey = wanted.journey ?? (isFirst ? first.journey : undefined)
  const isKnown = isFirst && first.isWhole && first.journey === journey && first.language === language
  const [look, setLook] = useState<Look>({
    appearance: isFirst ? first.appearance : undefined,
    isLoading: !isFirst,
  })
  useEffect(() => {
    if (isKnown) return setLook({ appearance: first.appearance, isLoading: false })
    let isCurrent = true
    // Errors are ignored: people can sign in without the branding.
    readAppearance(realm, { journey, locale: language })
      .then((appearance) => isCurrent && setLook({ appearance, isLoading: false }))
      .catch(() => isCurrent && setLook((before) => ({ ...before, isLoading: false })))
    return () => {
      isCurrent = false
    }
  }, [realm, journey, language, isKnown, first])
  const { appearance } = look
  useEffect(() => (appearance === undefined ? undefined : applyAppearance(appearance)), [appearance])
  return look
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

/**
 * Applies a realm's colours as values of the page's custom properties, never as CSS from the realm. The server guarantees
 * their contrast. `first-look.js` does the same before the first paint.
 * @returns a function that removes the colours.
 */
function applyTheme({ properties, backgroundImage }: Appearance): () => void {
  const { style } = document.documentElement
  const isDark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'
  const applied = {
    ...(isDark ? properties.dark : properties.light),
    ...(backgroundImage
      ? { '--frame-picture': `url("${encodeURI(backgroundImage).replace(/["\\]/g, '')}")` }
      : {}),
  }
  for (const [name, value] of Object.entries(applied)) style.setProperty(name, value)
  return () => {
    for (const name of Object.keys(applied)) style.removeProperty(name)
  }
}

/** @returns a function that restores the icon before. */
function applyFavicon({ favicon }: Appearance): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link === null || !favicon || link.getAttribute('href') === favicon) return () => {}
  const { href, type } = link
  link.href = favicon
  link.removeAttribute('type')
  return () => Object.assign(link, { href, type })
}
