import { useTexts } from '../translations/texts.tsx'

/** Only announced to screen readers, because loading is short. Slow connections get a notice. */
export function LoadingPage({ isLeaving }: { isLeaving: boolean }) {
  const texts = useTexts()
  return (
    <h1 className="spoken" role="status">
      {isLeaving ? texts.leaving : texts.moment}
    </h1>
  )
}
