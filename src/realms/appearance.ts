import type { LocalisedText } from '../base/locale.ts'
import { localise } from '../base/locale.ts'
import { contrastOf, isReadable } from './contrast.ts'
import type { Theme, ThemeColours } from './theme.ts'

/**
 * The colours of a sign-in page. The text colours are readable: `onPrimary` on `primary`, `onBackground` on `background`, all
 * others on `surface`.
 */
export type Colours = Record<
  'primary' | 'onPrimary' | 'background' | 'onBackground' | 'surface' | 'text' | 'title' | 'link',
  string
>

/** The default colours. */
export const defaultColours: Readonly<Record<'light' | 'dark', Colours>> = {
  light: {
    primary: '#0d5a77',
    onPrimary: '#ffffff',
    background: '#f1f4f6',
    onBackground: '#152329',
    surface: '#ffffff',
    text: '#152329',
    title: '#152329',
    link: '#02536f',
  },
  dark: {
    primary: '#27789a',
    onPrimary: '#ffffff',
    background: '#0d1417',
    onBackground: '#e8eef1',
    surface: '#141c20',
    text: '#e8eef1',
    title: '#e8eef1',
    link: '#89d3f6',
  },
}

/** Contrast of a text colour on its background, from 1 to 21. */
export type Pair = { pair: [text: string, ground: string]; contrast: number; isReadable: boolean }

/** Colour pairs that the lint of themes checks: buttons, and text on the sheet. */
const pairs = [
  ['textColor', 'primaryColor'],
  ['journeyCardTextColor', 'journeyCardBackgroundColor'],
  ['journeyCardTitleColor', 'journeyCardBackgroundColor'],
] as const

const roles = {
  primaryColor: 'primary',
  textColor: 'onPrimary',
  backgroundColor: 'background',
  journeyCardBackgroundColor: 'surface',
  journeyCardTextColor: 'text',
  journeyCardTitleColor: 'title',
  linkColor: 'link',
} as const satisfies Record<keyof ThemeColours, keyof Colours>

/** The checked pairs of a theme. Colours that the theme omits are the defaults. */
export function pairsOf(theme: ThemeColours, scheme: 'light' | 'dark'): Pair[] {
  const value = (name: keyof ThemeColours) => theme[name] || defaultColours[scheme][roles[name]]
  return pairs.map(([text, ground]) => ({
    pair: [text, ground],
    contrast: Math.round(contrastOf(value(text), value(ground)) * 100) / 100,
    // A pair of defaults is always acceptable.
    isReadable: (!theme[text] && !theme[ground]) || isReadable(value(text), value(ground)),
  }))
}

/** The colours of a theme. Unreadable pairs are replaced by the defaults, so that pages stay usable. */
export function coloursOf(theme: ThemeColours, scheme: 'light' | 'dark'): Colours {
  const ours = defaultColours[scheme]
  const chosen = { ...ours }
  for (const [name, role] of entriesOf(roles)) chosen[role] = theme[name] || ours[role]
  const button = isReadable(chosen.onPrimary, chosen.primary) ? chosen : ours
  const sheet = [chosen.text, chosen.title].every((text) => isReadable(text, chosen.surface)) ? chosen : ours
  const { surface, text, title } = sheet
  // Link colours of most themes are too light for text. An unreadable one becomes the default, or else the text colour.
  const link = [chosen.link, ours.link].find((colour) => isReadable(colour, surface)) ?? text
  return {
    primary: button.primary,
    onPrimary: button.onPrimary,
    background: chosen.background,
    onBackground: clearest([text, defaultColours.light.text, defaultColours.dark.text], chosen.background),
    surface,
    text,
    title,
    link,
  }
}

function clearest(texts: readonly string[], ground: string): string {
  const [first = ''] = texts
  return isReadable(first, ground)
    ? first
    : texts.reduce((best, text) => (contrastOf(text, ground) > contrastOf(best, ground) ? text : best), first)
}

/** The dark colours of a theme. A theme without them only keeps its button colours. */
export function darkColours({ dark, primaryColor, textColor }: Theme): ThemeColours {
  const buttons = { ...(primaryColor && { primaryColor }), ...(textColor && { textColor }) }
  return { ...buttons, ...dark }
}

/** The theme of a journey's pages: the one linked to the journey, otherwise the realm's default. */
export function themeFor<Kept extends { theme: Pick<Theme, 'linkedTrees' | 'isDefault'> }>(
  themes: readonly Kept[],
  journey: string | undefined,
): Kept | undefined {
  const linked = themes.find(({ theme }) => journey !== undefined && theme.linkedTrees.includes(journey))
  return linked ?? themes.find(({ theme }) => theme.isDefault)
}

/** A plain text, or the translation that best matches the reader's languages. */
export function inWords(text: string | LocalisedText | undefined, locales: readonly string[]): string {
  if (text === undefined || typeof text === 'string') return text ?? ''
  return localise(text, locales, '')
}

function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  // Holds for literal records; types in general allow further keys.
  return Object.entries(record) as [Key, Value][]
}
