import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followSystemScheme } from './colour-scheme.ts'

/** Renders a page into `#root`. */
export function renderPage(page: ReactNode): void {
  followSystemScheme()
  const root = document.getElementById('root')
  if (root === null) throw new Error('the document has no #root')
  createRoot(root).render(<StrictMode>{page}</StrictMode>)
}
