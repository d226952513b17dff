import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { useStepForm } from '../step/step-form.ts'
import { useWords } from '../translations/words.tsx'

/** The browser is sent elsewhere before anything is drawn: what is drawn is an address that leads nowhere. */
export function Redirect() {
  const words = useWords()
  const { restart } = useStepForm()
  return (
    <>
      <NoticeBox tone="bad" role="alert">
        {words.redirectBad}
      </NoticeBox>
      <Button onClick={restart}>{words.startAgain}</Button>
    </>
  )
}
