import '../../design/base.css'
import { renderPage } from '../../design/render-page.tsx'
import { storedLanguage } from '../../translate/page-languages.ts'
import { bestLanguage } from '../translations/languages.ts'
import { ShortCodePage } from './short-code-page.tsx'

/** The language in the URL, which the switch also sets. */
function languageInAddress(): string | undefined {
  return new URLSearchParams(location.search).get('locale') ?? undefined
}

/** The server writes the name into the page, which replaces it when it is drawn. */
const organisation = document.querySelector('.first-organisation')?.textContent ?? ''

async function start(): Promise<void> {
  const language = bestLanguage([languageInAddress(), storedLanguage(), ...navigator.languages])
  const texts = await language.texts()
  document.documentElement.lang = language.code
  document.documentElement.dir = language.direction
  renderPage(<ShortCodePage firstLanguage={language} firstWords={texts} organisation={organisation} />)
}

void start()
