import type { LocalisedText } from '../engine/locale.ts'
import { localise } from '../engine/locale.ts'
import { contrastOf, isReadable } from './contrast.ts'
import type { Theme, ThemeColours } from './theme.ts'

/**
 * The colours of a sign-in page. Text is readable on its ground: `onPrimary` on `primary`, `onBackground` on
 * `background`, the others on `surface`.
 */
export type Colours = Record<
  'primary' | 'onPrimary' | 'background' | 'onBackground' | 'surface' | 'text' | 'title' | 'link',
  string
>

/** Ours, where a realm says nothing. */
export const ourColours: Readonly<Record<'light' | 'dark', Colours>> = {
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

/** How far two colours of a theme that are put on each other are apart. */
export type Pair = { pair: [text: string, ground: string]; contrast: number; isReadable: boolean }

/** Pairs that a theme must not get wrong: buttons, and what is written on the sheet. */
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

/** The pairs that a theme must not get wrong; what it leaves out is ours. */
export function pairsOf(theme: ThemeColours, scheme: 'light' | 'dark'): Pair[] {
  const value = (name: keyof ThemeColours) => theme[name] || ourColours[scheme][roles[name]]
  return pairs.map(([text, ground]) => ({
    pair: [text, ground],
    contrast: Math.round(contrastOf(value(text), value(ground)) * 100) / 100,
    // What it does not say is not its fault.
    isReadable: (!theme[text] && !theme[ground]) || isReadable(value(text), value(ground)),
  }))
}

/** The colours of a theme; a pair that cannot be read is ours, so that nobody stands before a page that they can't use. */
export function coloursOf(theme: ThemeColours, scheme: 'light' | 'dark'): Colours {
  const ours = ourColours[scheme]
  const wanted = { ...ours }
  for (const [name, role] of entriesOf(roles)) wanted[role] = theme[name] || ours[role]
  const button = isReadable(wanted.onPrimary, wanted.primary) ? wanted : ours
  const sheet = [wanted.text, wanted.title].every((text) => isReadable(text, wanted.surface)) ? wanted : ours
  const { surface, text, title } = sheet
  // Links of most themes are lighter than text may be: what cannot be read looks as text does.
  const link = [wanted.link, ours.link].find((colour) => isReadable(colour, surface)) ?? text
  return {
    primary: button.primary,
    onPrimary: button.onPrimary,
    background: wanted.background,
    onBackground: clearest([text, ourColours.light.text, ourColours.dark.text], wanted.background),
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

/** A theme that has no colours for the dark keeps its buttons there, and nothing else. */
export function darkColours({ dark, primaryColor, textColor }: Theme): ThemeColours {
  const buttons = { ...(primaryColor && { primaryColor }), ...(textColor && { textColor }) }
  return { ...buttons, ...dark }
}

/** The theme of a journey's pages: one that names it, else the default of the realm. */
export function themeFor<Kept extends { theme: Pick<Theme, 'linkedTrees' | 'isDefault'> }>(
  themes: readonly Kept[],
  journey: string | undefined,
): Kept | undefined {
  const linked = themes.find(({ theme }) => journey !== undefined && theme.linkedTrees.includes(journey))
  return linked ?? themes.find(({ theme }) => theme.isDefault)
}

/** A text, or the one of the reader's language. */
export function inWords(text: string | LocalisedText | undefined, locales: readonly string[]): string {
  if (text === undefined || typeof text === 'string') return text ?? ''
  return localise(text, locales, '')
}

function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  // A record that is written down has these keys and no others.
  return Object.entries(record) as [Key, Value][]
}
