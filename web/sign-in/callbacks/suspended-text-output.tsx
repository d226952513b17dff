import { Button } from '../components/button.tsx'
import { useStepForm } from '../step/step-form.ts'
import { useWords } from '../translations/words.tsx'

/** The journey goes on elsewhere, by a link in a mail: its message stands below the heading. */
export function SuspendedTextOutput() {
  const words = useWords()
  const { restart } = useStepForm()
  return <Button onClick={restart}>{words.startAgain}</Button>
}
