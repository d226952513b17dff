import type { Appearance, ThemeColours } from '../../api/appearance.ts'
import { contrast, mixed, readableOn } from './colour.ts'

/** Contrast of texts, and of what bounds a control. Source: WCAG 2.2, 1.4.3 and 1.4.11. */
const least = { text: 4.5, bound: 3 }

/**
 * Gives the page the colours of a realm: as values of our own custom properties, never as a style sheet of somebody
 * else. The server vouches for text on surface and on buttons; what follows from these is made readable here.
 * @returns takes them away again.
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
  const shades = (share: number) => mixed(text, surface, share)
  const hover = mixed(primary, onPrimary === '#ffffff' ? '#000000' : '#ffffff', 0.12)
  const ink2 = readableOn(surface, [shades(0.3), shades(0.2), text], least.text)
  const accentInk = readableOn(surface, [link, title, text], least.text)
  return {
    '--bg': background,
    '--surface': surface,
    '--raised': surface,
    '--sunken': mixed(surface, text, 0.07),
    '--hover': mixed(surface, text, 0.08),
    '--press': mixed(surface, text, 0.14),
    '--line': shades(0.82),
    '--line-soft': shades(0.88),
    '--line-control': readableOn(surface, [shades(0.5), shades(0.35), text], least.bound),
    '--ink': text,
    '--ink-2': ink2,
    '--ink-3': ink2,
    '--frame-title': title,
    '--frame-ink': readableOn(background, [ink2, onBackground], least.text),
    '--accent': primary,
    '--accent-hover': contrast(hover, onPrimary) >= least.text ? hover : primary,
    '--on-accent': onPrimary,
    '--accent-ink': accentInk,
    '--accent-soft': mixed(surface, primary, isDark ? 0.2 : 0.1),
    '--accent-line': mixed(surface, primary, 0.4),
    '--accent-glow': readableOn(surface, [primary, accentInk], least.bound),
    '--focus': readableOn(surface, [primary, accentInk, text], least.bound),
  }
}

/** The realm's own sign in the tab of the browser. @returns puts ours back. */
export function applyFavicon({ favicon }: Appearance): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link === null || !favicon) return () => {}
  const { href, type } = link
  link.href = favicon
  link.removeAttribute('type')
  return () => Object.assign(link, { href, type })
}
