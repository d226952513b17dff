import { startPage } from '../design/start-page.tsx'
import { Desk } from './desk.tsx'
import { resumeJourneys } from './live/front-journeys.ts'

resumeJourneys()
startPage(<Desk />)
