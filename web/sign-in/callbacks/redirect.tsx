import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { useStepForm } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'

/** Only rendered for an invalid URL: valid redirects leave the page before. */
export function Redirect() {
  const texts = useTexts()
  const { restart } = useStepForm()
  return (
    <>
      <NoticeBox tone="bad" role="alert">
        {texts.redirectBad}
      </NoticeBox>
      <Button onClick={restart}>{texts.startAgain}</Button>
    </>
  )
}
