import '../design/base.css'
import { renderPage } from '../design/render-page.tsx'
import { readAddress } from './address.ts'
import { Walk } from './flow/walk.ts'
import { SignIn } from './sign-in.tsx'
import { bestLanguage, chosenLanguage } from './translations/languages.ts'

async function start(): Promise<void> {
  const address = readAddress(new URL(location.href))
  const chosen = chosenLanguage()
  const language = bestLanguage([address.locale, chosen, ...navigator.languages])
  const walk = new Walk({ ...address, locale: address.locale ?? chosen })
  walk.open()
  addEventListener('pageshow', ({ persisted }) => persisted && walk.wakeUp())
  const words = await language.words()
  document.documentElement.lang = language.code
  document.documentElement.dir = language.direction
  renderPage(<SignIn walk={walk} firstLanguage={language} firstWords={words} />)
}

void start()
