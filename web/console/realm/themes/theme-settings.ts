import type { Setting } from '../../../api/setting.ts'
import type { Path } from '../../saving/changes.ts'

/** Colours of a theme by the vendor's names, with what they are for. */
export const colourTitles: Readonly<Record<string, string>> = {
  primaryColor: 'Buttons',
  textColor: 'Text on buttons',
  backgroundColor: 'Page',
  journeyCardBackgroundColor: 'Sheet',
  journeyCardTitleColor: 'Title on the sheet',
  journeyCardTextColor: 'Text on the sheet',
  linkColor: 'Links',
}

const text = (title: string, description: string): Setting => ({
  type: 'string',
  title,
  description,
  propertyOrder: 0,
})

/** Members that are typed as text; some may be written in several languages. */
export const textSettings: Readonly<Record<string, Setting>> = {
  name: { ...text('Name', 'How administrators call the theme.'), minLength: 1 },
  organisationName: text('Organisation', 'What people read on the page. Empty means that of the realm.'),
  logo: text('Logo', 'A URL or a data URI of a picture. Empty shows the name.'),
  logoAltText: text('Logo in words', 'For people who cannot see it. Empty means the organisation.'),
  favicon: text('Icon in the tab', 'A URL or a data URI of a picture.'),
  backgroundImage: text('Picture behind the sheet', 'A URL or a data URI of a picture.'),
  helpUrl: text('Help', 'Where the link Help leads. Empty shows none.'),
  privacyUrl: text('Privacy', 'Where the link Privacy leads. Empty shows none.'),
}

/** The same text in several languages, where a theme has it so. */
export const inLanguages = (setting: Setting): Setting => ({
  ...setting,
  type: 'object',
  refers: { to: 'localisedText' },
})

const others: Readonly<Record<string, string>> = {
  isDefault: 'Default of the realm',
  linkedTrees: 'Journeys',
  logoHeight: 'Height of the logo',
}

export function settingTitle([name = '', inner, ...rest]: Path): string {
  if (name === 'dark' && inner !== undefined) return `${settingTitle([inner, ...rest])} in the dark`
  const title = colourTitles[name] ?? textSettings[name]?.title ?? others[name] ?? name
  return inner === undefined ? title : `${title} (${inner})`
}
