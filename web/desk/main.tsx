import { closeSignInWindow } from '../api/sign-in-window.ts'
import { renderPage } from '../design/render-page.tsx'
import { resumeJourneys } from './checks/front-journeys.ts'
import { Desk } from './desk.tsx'

if (!closeSignInWindow()) {
  resumeJourneys()
  renderPage(<Desk />)
}
