import { type PageLanguage, serverTexts } from '../base/server-texts.ts'
import { plainText } from '../help-desk/transactions/plain-text.ts'
import { type Html, html } from '../oauth/html.ts'
import type { FirstLook } from './first-look.ts'
import { directionOf } from './page-language.ts'

/** Data URIs of this length delay the first paint. The page loads longer pictures later. */
const maxPictureLength = 30_000

/** Longer looks, of themes with very long texts, are left to the page as a whole. */
const maxLookLength = 60_000

type Dress = {
  language: PageLanguage
  page: 'signIn' | 'shortCode' | 'ownSessions'
  look?: FirstLook | undefined
  /** The organisation of a page without a look. */
  name?: string
}

/**
 * Puts language, title and look into the HTML of a page, so that the first paint shows the brand. Only text, attributes and
 * JSON: the content security policy forbids inline styles and scripts.
 */
export function dressedPage(template: string, { language, page, look, name: nameAnyway }: Dress): string {
  const words = serverTexts[language].firstPage
  const organisation = look?.appearance.organisation ?? nameAnyway
  const title = [words[page], ...(organisation ? [plainText(organisation, 80)] : [])].join(' · ')
  const icon = shortPicture(look?.appearance.favicon)
  const parts: Readonly<Record<string, Html>> = {
    look: look ? lookData(look) : html``,
    organisation: organisationName(look, organisation),
    title: html`${words[page]}`,
    moment: html`${words.moment}`,
    slow: html`${words.slow}`,
    script: html`${words.needsScript}`,
  }
  // Functions, because `$` has a meaning in texts that replace others.
  return template
    .replaceAll(/<!--(\w+)-->|\{\{(\w+)\}\}/g, (_place, name, inText) => parts[name ?? inText]?.html ?? '')
    .replace('lang="en" dir="ltr"', () => html`lang="${language}" dir="${directionOf(language)}"`.html)
    .replace(/<title>[^<]*<\/title>/, () => html`<title>${title}</title>`.html)
    .replace(/<link rel="icon"[^>]*>/, (usual) =>
      icon ? html`<link rel="icon" href="${icon}">`.html : usual,
    )
}

/** As in `web/design/mark.tsx`, at rest. */
const arch = 'M1 21h5V12a8 8 0 0 1 16 0v9h5'
const mark = html`<svg class="mark live" viewBox="0 0 28 24" aria-hidden="true"><path class="track" d="${arch}"/><path class="lit" pathLength="100" stroke-dasharray="50 200" d="${arch}"/><circle class="bead" cx="14" cy="4" r="4"/></svg>`

/** No name without a look, so that the page never shows a name that another one replaces. */
function organisationName(look: FirstLook | undefined, organisation: string | undefined): Html {
  const { logoAlt = '', logoHeight = 0 } = look?.appearance ?? {}
  const logo = shortPicture(look?.appearance.logo)
  if (logo)
    return html`<img src="${logo}" alt="${plainText(logoAlt, 200)}" height="${String(Math.min(logoHeight, 80))}">`
  return html`<span class="frame-name">${mark}<bdi>${plainText(organisation ?? '', 80)}</bdi></span>`
}

/** What the page reads back. Pictures that are in the HTML already are left out. */
function lookData({ appearance, ...about }: FirstLook): Html {
  const { logo, favicon, backgroundImage } = appearance
  const data = {
    ...about,
    isWhole: [logo, favicon, backgroundImage].every((picture) => picture === shortPicture(picture)),
    appearance: {
      ...appearance,
      logo: '',
      favicon: '',
      backgroundImage: shortPicture(backgroundImage) ?? '',
    },
  }
  // Nothing in the data can end the element.
  // rule H14: otherwise a theme ends the data of the page and adds markup
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  if (json.length > maxLookLength) return html``
  return { html: `<script type="application/json" id="first-look">${json}</script>` }
}

function shortPicture(picture: string | undefined): string | undefined {
  return picture !== undefined && picture.length <= maxPictureLength ? picture : undefined
}
