import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { fill, useWords } from '../translations/words.tsx'

/**
 * What only an app, or a service of the vendor's, can answer. The journey is told so, where the callback has a place for
 * it, and decides how to go on.
 */
export function Unavailable({ callback }: CallbackProps) {
  const words = useWords()
  const { isBusy, send } = useStepForm()
  const errorInput = inputName(callback, 'clientError')
  return (
    <>
      <NoticeBox tone="warn">{fill(words.unknown, { type: callback.type })}</NoticeBox>
      <Button
        isBusy={isBusy}
        onClick={() => send(errorInput === '' ? {} : { [errorInput]: 'Unsupported' }, true)}
      >
        {words.goOnWithout}
      </Button>
    </>
  )
}
