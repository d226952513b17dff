import '../look/base.css'
import { startPage } from '../look/start-page.tsx'
import { readAddress } from './address.ts'
import { SignIn } from './sign-in.tsx'
import { Walk } from './walk/walk.ts'
import { bestLanguage, chosenLanguage } from './words/languages.ts'

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
  startPage(<SignIn walk={walk} firstLanguage={language} firstWords={words} />)
}

void start()
