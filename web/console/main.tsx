import { startPage } from '../look/start-page.tsx'
import { Console } from './console.tsx'

startPage(<Console />)
