import { closeSignInWindow } from '../api/sign-in-window.ts'
import { renderPage } from '../design/render-page.tsx'
import { loadLanguage } from '../translate/load-language.ts'
import { resumeJourneys } from './checks/front-journeys.ts'
import { Desk } from './desk.tsx'

async function start(): Promise<void> {
  if (closeSignInWindow()) return
  await loadLanguage()
  resumeJourneys()
  renderPage(<Desk />)
}

void start()
