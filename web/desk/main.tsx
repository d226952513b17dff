import { renderPage } from '../design/render-page.tsx'
import { resumeJourneys } from './checks/front-journeys.ts'
import { Desk } from './desk.tsx'

resumeJourneys()
renderPage(<Desk />)
