import { closeSignInWindow } from '../api/sign-in-window.ts'
import { renderPage } from '../design/render-page.tsx'
import { Console } from './console.tsx'

if (!closeSignInWindow()) renderPage(<Console />)
