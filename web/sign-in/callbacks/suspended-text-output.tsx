import { Button } from '../parts/button.tsx'
import { Said } from '../said/said.tsx'
import { textOf } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { useWords } from '../words/words.tsx'

/** The journey goes on elsewhere: by a link in a mail. */
export function SuspendedTextOutput({ callback }: CallbackProps) {
  const words = useWords()
  const { restart } = useStepForm()
  return (
    <>
      <div className="sheet-lede">
        <Said text={textOf(callback, 'message')} />
        <p>{words.close}</p>
      </div>
      <Button onClick={restart}>{words.startAgain}</Button>
    </>
  )
}
