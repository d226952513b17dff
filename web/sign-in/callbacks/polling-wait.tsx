import { withoutTags } from '../said/plain.ts'
import { textOf } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { translated, useWords } from '../words/words.tsx'

/** The longest message of somebody else's journey that is shown. */
const longest = 200

/** A page that comes back by itself. Its message may be another person's doing: it is text, and short. */
export function PollingWait({ callback }: CallbackProps) {
  const words = useWords()
  const { step } = useStepForm()
  const message = translated(words, withoutTags(textOf(callback, 'message')))
  return (
    <div className="sheet-lede" role="status">
      {step.header ? <bdi>{message.slice(0, longest)}</bdi> : null}
      <p>{words.waitingText}</p>
    </div>
  )
}
