import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { fill, useTexts } from '../translations/texts.tsx'

/**
 * A callback that only an app or another service can answer. Reports this to the journey if the callback has an input for
 * errors, so that the journey can decide how to continue.
 */
export function Unavailable({ callback }: CallbackProps) {
  const texts = useTexts()
  const { isBusy, send } = useStepForm()
  const errorInput = inputName(callback, 'clientError')
  return (
    <>
      <NoticeBox tone="warn">{fill(texts.unknown, { type: callback.type })}</NoticeBox>
      <Button
        isBusy={isBusy}
        onClick={() => send(errorInput === '' ? {} : { [errorInput]: 'Unsupported' }, true)}
      >
        {texts.goOnWithout}
      </Button>
    </>
  )
}
