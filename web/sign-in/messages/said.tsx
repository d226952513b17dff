import './said.css'
import { lazy, Suspense } from 'react'
import { isHtml, plain } from './plain.ts'

const CleanHtml = lazy(() => import('./clean-html.tsx'))

/** A text that a journey sent, as a block: HTML is drawn after it was cleaned, everything else is text. */
export function Said({ text, className = '' }: { text: string; className?: string }) {
  if (isHtml(text)) {
    return (
      <Suspense fallback={null}>
        <CleanHtml html={text} className={`said ${className}`} />
      </Suspense>
    )
  }
  return (
    <p className={`said ${className}`} dir="auto">
      {plain(text)}
    </p>
  )
}
