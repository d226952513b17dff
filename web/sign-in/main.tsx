import '../design/base.css'
import { renderPage } from '../design/render-page.tsx'
import { storedLanguage } from '../translate/page-languages.ts'
import { readAddress } from './address.ts'
import { SignInFlow } from './flow/sign-in-flow.ts'
import { readFirstLook } from './layout/first-look.ts'
import { SignIn } from './sign-in.tsx'
import { bestLanguage } from './translations/languages.ts'

async function start(): Promise<void> {
  const address = readAddress(new URL(location.href))
  const chosen = storedLanguage()
  const language = bestLanguage([address.locale, chosen, ...navigator.languages])
  const flow = new SignInFlow({ ...address, locale: address.locale ?? chosen })
  flow.open()
  addEventListener('pageshow', ({ persisted }) => persisted && flow.restoreFromCache())
  const texts = await language.texts()
  document.documentElement.lang = language.code
  document.documentElement.dir = language.direction
  renderPage(<SignIn flow={flow} firstLanguage={language} firstWords={texts} firstLook={readFirstLook()} />)
}

void start()
