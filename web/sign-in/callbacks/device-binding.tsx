import { Button } from '../parts/button.tsx'
import { NoticeBox } from '../parts/notice.tsx'
import { withoutTags } from '../said/plain.ts'
import { inputName, textOf } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { useWords } from '../words/words.tsx'

/**
 * A key that an app keeps in the phone's safe, made or used. Browsers keep passkeys there and nothing else; the journey
 * is told that this client can't.
 */
export default function DeviceBinding({ callback }: CallbackProps) {
  const words = useWords()
  const { isBusy, send } = useStepForm()
  const texts = ['title', 'subtitle', 'description'].map((name) => withoutTags(textOf(callback, name)))
  return (
    <>
      <NoticeBox tone="warn">
        <p>{words.bindingText}</p>
      </NoticeBox>
      <div className="sheet-lede">
        {texts.filter(Boolean).map((text) => (
          <p key={text} dir="auto">
            {text}
          </p>
        ))}
      </div>
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
