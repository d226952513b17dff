import type { Appearance } from '../../api/appearance.ts'

/**
 * Applies a realm's colours as values of the page's custom properties, never as CSS from the realm. The server guarantees
 * their contrast. `first-look.js` does the same before the first paint.
 * @returns a function that removes the colours.
 */
export function applyTheme({ properties, backgroundImage }: Appearance): () => void {
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
export function applyFavicon({ favicon }: Appearance): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link === null || !favicon || link.getAttribute('href') === favicon) return () => {}
  const { href, type } = link
  link.href = favicon
  link.removeAttribute('type')
  return () => Object.assign(link, { href, type })
}
