import { Button } from '../components/button.tsx'
import { useStepForm } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'

/** Renders nothing: the page shows the message below its heading. */
export function SuspendedTextOutput() {
  const texts = useTexts()
  const { restart } = useStepForm()
  return <Button onClick={restart}>{texts.startAgain}</Button>
}
