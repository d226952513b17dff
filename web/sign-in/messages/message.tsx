import './message.css'
import { lazy, Suspense } from 'react'
import { translateSent, useTexts } from '../translations/texts.tsx'
import { cleanText, isHtml } from './clean-text.ts'

const CleanHtml = lazy(() => import('./clean-html.tsx'))

/** A text from the journey: sanitized HTML or plain text. */
export function Message({ text: sent, className = '' }: { text: string; className?: string }) {
  const text = translateSent(useTexts(), sent)
  if (isHtml(text)) {
    return (
      <Suspense fallback={null}>
        <CleanHtml html={text} className={`said ${className}`} />
      </Suspense>
    )
  }
  return (
    <p className={`said ${className}`} dir="auto">
      {cleanText(text)}
    </p>
  )
}
