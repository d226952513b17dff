import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'

/**
 * Device binding needs the key store of a phone, which only apps can use. Tells the journey that this client does not
 * support it. The callback's texts are meant for the app, so they are not shown.
 */
export default function DeviceBinding({ callback }: CallbackProps) {
  const texts = useTexts()
  const { isBusy, send } = useStepForm()
  return (
    <>
      <NoticeBox tone="warn">
        <p>{texts.bindingText}</p>
      </NoticeBox>
      <Button
        kind="main"
        isBusy={isBusy}
        onClick={() => send({ [inputName(callback, 'clientError')]: 'Unsupported' }, true)}
      >
        {texts.goOnWithout}
      </Button>
    </>
  )
}
