import { useTexts } from '../translations/texts.tsx'

/** The shapes of a page that is on its way. In words for screen readers. */
export function LoadingPage({ isLeaving }: { isLeaving: boolean }) {
  const texts = useTexts()
  return (
    <>
      <div role="status">
        <h1 className="spoken">{isLeaving ? texts.leaving : texts.moment}</h1>
      </div>
      <div className="skeleton" aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </div>
    </>
  )
}
