import '../../design/base.css'
import { renderPage } from '../../design/render-page.tsx'
import { storedLanguage } from '../../translate/page-languages.ts'
import { readFirstLook } from '../layout/first-look.ts'
import { bestLanguage } from '../translations/languages.ts'
import { OwnSessionsPage } from './own-sessions-page.tsx'

async function start(): Promise<void> {
  const query = new URLSearchParams(location.search)
  const language = bestLanguage([query.get('locale') ?? undefined, storedLanguage(), ...navigator.languages])
  const texts = await language.texts()
  document.documentElement.lang = language.code
  document.documentElement.dir = language.direction
  renderPage(
    <OwnSessionsPage
      realm={query.get('realm') || '/'}
      firstLanguage={language}
      firstWords={texts}
      firstLook={readFirstLook()}
    />,
  )
}

void start()
