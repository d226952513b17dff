import type { Setting } from '../../../api/setting.ts'
import type { Path } from '../../saving/changes.ts'

/** Titles of the colours, by the vendor's names. */
export const colourTitles: Readonly<Record<string, string>> = {
  primaryColor: 'Buttons',
  textColor: 'Button text',
  backgroundColor: 'Page background',
  journeyCardBackgroundColor: 'Card',
  journeyCardTitleColor: 'Card title',
  journeyCardTextColor: 'Card text',
  linkColor: 'Links',
}

const text = (title: string, description: string): Setting => ({
  type: 'string',
  title,
  description,
  propertyOrder: 0,
})

/** Text settings. Some may have several languages. */
export const textSettings: Readonly<Record<string, Setting>> = {
  name: { ...text('Name', 'Shown to administrators only.'), minLength: 1 },
  organisationName: text(
    'Organisation name',
    'Shown on the sign-in page. If empty, the organisation of the realm.',
  ),
  logo: text('Logo', 'Image URL or data URI. If empty, the organisation name is shown.'),
  logoAltText: text('Logo description', 'Read by screen readers. If empty, the organisation name.'),
  favicon: text('Browser tab icon', 'Image URL or data URI.'),
  backgroundImage: text('Background image', 'Image URL or data URI.'),
  helpUrl: text('Help link', 'URL of the Help link. If empty, the link is hidden.'),
  privacyUrl: text('Privacy link', 'URL of the Privacy link. If empty, the link is hidden.'),
}

/** The same setting with a text per language. */
export const inLanguages = (setting: Setting): Setting => ({
  ...setting,
  type: 'object',
  refers: { to: 'localisedText' },
})

const others: Readonly<Record<string, string>> = {
  isDefault: 'Realm default',
  linkedTrees: 'Journeys',
  logoHeight: 'Logo height',
}

export function settingTitle([name = '', inner, ...rest]: Path): string {
  if (name === 'dark' && inner !== undefined) return `${settingTitle([inner, ...rest])} (dark)`
  const title = colourTitles[name] ?? textSettings[name]?.title ?? others[name] ?? name
  return inner === undefined ? title : `${title} (${inner})`
}
