import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { useWords } from '../translations/words.tsx'

/**
 * A key that an app keeps in the phone's safe, made or used. Browsers keep passkeys there and nothing else; the journey
 * is told that this client can't. The texts of the callback are for that app.
 */
export default function DeviceBinding({ callback }: CallbackProps) {
  const words = useWords()
  const { isBusy, send } = useStepForm()
  return (
    <>
      <NoticeBox tone="warn">
        <p>{words.bindingText}</p>
      </NoticeBox>
      <Button
        kind="main"
        isBusy={isBusy}
        onClick={() => send({ [inputName(callback, 'clientError')]: 'Unsupported' }, true)}
      >
        {words.goOnWithout}
      </Button>
    </>
  )
}
