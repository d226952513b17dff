import type { Colours } from './appearance.ts'
import { contrastOf, readableContrast } from './contrast.ts'

/** Minimum contrast of the borders of controls. Source: WCAG 2.2, success criterion 1.4.11. */
const borderContrast = 3

/** Values of the custom properties of the sign-in page by their names, all `#rgb` or `#rrggbb`. */
export type PageColours = Readonly<Record<`--${string}`, string>>

/** All colours of the sign-in page, derived from those of its theme, with enough contrast. */
export function pageColours(colours: Colours, scheme: 'light' | 'dark'): PageColours {
  const { primary, onPrimary, background, onBackground, surface, text, title, link } = colours
  const shade = (share: number) => mixed(text, surface, share)
  const hover = mixed(primary, onPrimary === '#ffffff' ? '#000000' : '#ffffff', 0.12)
  const ink2 = readable(surface, [shade(0.3), shade(0.2), text])
  const accentInk = readable(surface, [link, title, text])
  return {
    '--bg': background,
    '--surface': surface,
    '--raised': surface,
    '--sunken': mixed(surface, text, 0.07),
    '--hover': mixed(surface, text, 0.08),
    '--press': mixed(surface, text, 0.14),
    '--line': shade(0.82),
    '--line-soft': shade(0.88),
    '--line-control': readable(surface, [shade(0.5), shade(0.35), text], borderContrast),
    '--ink': text,
    '--ink-2': ink2,
    '--ink-3': ink2,
    '--frame-title': title,
    '--frame-ink': readable(background, [ink2, onBackground]),
    '--accent': primary,
    '--accent-hover': contrastOf(hover, onPrimary) >= readableContrast ? hover : primary,
    '--on-accent': onPrimary,
    '--accent-ink': accentInk,
    '--accent-soft': mixed(surface, primary, scheme === 'dark' ? 0.2 : 0.1),
    '--accent-line': mixed(surface, primary, 0.4),
    '--accent-glow': readable(surface, [primary, accentInk], borderContrast),
    '--focus': readable(surface, [primary, accentInk, text], borderContrast),
  }
}

/** The first colour with enough contrast to the ground; otherwise black or white. */
function readable(ground: string, preferred: readonly string[], minContrast = readableContrast): string {
  const found = preferred.find((colour) => contrastOf(colour, ground) >= minContrast)
  return found ?? (contrastOf('#ffffff', ground) >= contrastOf('#000000', ground) ? '#ffffff' : '#000000')
}

/** @param share of the second colour, 0 to 1. */
function mixed(one: string, other: string, share: number): string {
  const [from, to] = [channelsOf(one), channelsOf(other)]
  const channels = from.map((channel, place) => Math.round(channel + ((to[place] ?? 0) - channel) * share))
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function channelsOf(colour: string): number[] {
  const digits = colour.slice(1)
  const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16))
}
