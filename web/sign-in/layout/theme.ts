import type { Appearance, ThemeColours } from '../../api/appearance.ts'
import { contrast, mixColours, readableColour } from './colour.ts'

/** Minimum contrast of text and of the borders of controls. Source: WCAG 2.2, 1.4.3 and 1.4.11. */
const minContrast = { text: 4.5, border: 3 }

/**
 * Applies a realm's colours as values of the page's custom properties, never as CSS from the realm. The server guarantees
 * the contrast of text on surfaces and buttons; this derives the other colours with enough contrast.
 * @returns a function that removes the colours.
 */
export function applyTheme({ theme, colours, backgroundImage }: Appearance): () => void {
  const { style } = document.documentElement
  const isDark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'
  const properties = {
    ...(theme === null ? {} : propertiesOf(isDark ? colours.dark : colours.light, isDark)),
    ...(backgroundImage
      ? { '--frame-picture': `url("${encodeURI(backgroundImage).replace(/["\\]/g, '')}")` }
      : {}),
  }
  for (const [name, value] of Object.entries(properties)) style.setProperty(name, value)
  return () => {
    for (const name of Object.keys(properties)) style.removeProperty(name)
  }
}

function propertiesOf(colours: ThemeColours, isDark: boolean): Record<string, string> {
  const { primary, onPrimary, background, onBackground, surface, text, title, link } = colours
  const shades = (share: number) => mixColours(text, surface, share)
  const hover = mixColours(primary, onPrimary === '#ffffff' ? '#000000' : '#ffffff', 0.12)
  const ink2 = readableColour(surface, [shades(0.3), shades(0.2), text], minContrast.text)
  const accentInk = readableColour(surface, [link, title, text], minContrast.text)
  return {
    '--bg': background,
    '--surface': surface,
    '--raised': surface,
    '--sunken': mixColours(surface, text, 0.07),
    '--hover': mixColours(surface, text, 0.08),
    '--press': mixColours(surface, text, 0.14),
    '--line': shades(0.82),
    '--line-soft': shades(0.88),
    '--line-control': readableColour(surface, [shades(0.5), shades(0.35), text], minContrast.border),
    '--ink': text,
    '--ink-2': ink2,
    '--ink-3': ink2,
    '--frame-title': title,
    '--frame-ink': readableColour(background, [ink2, onBackground], minContrast.text),
    '--accent': primary,
    '--accent-hover': contrast(hover, onPrimary) >= minContrast.text ? hover : primary,
    '--on-accent': onPrimary,
    '--accent-ink': accentInk,
    '--accent-soft': mixColours(surface, primary, isDark ? 0.2 : 0.1),
    '--accent-line': mixColours(surface, primary, 0.4),
    '--accent-glow': readableColour(surface, [primary, accentInk], minContrast.border),
    '--focus': readableColour(surface, [primary, accentInk, text], minContrast.border),
  }
}

/** @returns a function that restores the default icon. */
export function applyFavicon({ favicon }: Appearance): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link === null || !favicon) return () => {}
  const { href, type } = link
  link.href = favicon
  link.removeAttribute('type')
  return () => Object.assign(link, { href, type })
}
