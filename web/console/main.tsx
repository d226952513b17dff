import { startPage } from '../design/start-page.tsx'
import { closeSignInWindow } from './components/sign-in-window.ts'
import { Console } from './console.tsx'

if (!closeSignInWindow()) startPage(<Console />)
