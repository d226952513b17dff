import { startPage } from '../design/start-page.tsx'
import { Console } from './console.tsx'
import { closeSignInWindow } from './frame/sign-in-window.ts'

if (!closeSignInWindow()) startPage(<Console />)
