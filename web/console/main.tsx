import { renderPage } from '../design/render-page.tsx'
import { closeSignInWindow } from './components/sign-in-window.ts'
import { Console } from './console.tsx'

if (!closeSignInWindow()) renderPage(<Console />)
