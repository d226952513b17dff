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
  logo: text('Logo', 'Shown at the top of the page. If empty, the organisation name.'),
  logoAltText: text('Logo description', 'Read by screen readers. If empty, the organisation name.'),
  favicon: text('Browser tab icon', 'Shown in the tab and in bookmarks.'),
  backgroundImage: text('Background image', 'Fills the page behind the card.'),
  helpUrl: text('Help link', 'URL of the Help link. If empty, the link is hidden.'),
  privacyUrl: text('Privacy link', 'URL of the Privacy link. If empty, the link is hidden.'),
}

/**
 * Largest files of settings that are pictures, in bytes. Every visit of the sign-in page loads them. The server accepts more,
 * for themes of other tools.
 */
export const maxPictureBytes: Readonly<Record<string, number>> = {
  logo: 100_000,
  favicon: 100_000,
  backgroundImage: 500_000,
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
