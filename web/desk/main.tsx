import { renderPage } from '../design/render-page.tsx'
import { Desk } from './desk.tsx'
import { resumeJourneys } from './live/front-journeys.ts'

resumeJourneys()
renderPage(<Desk />)
