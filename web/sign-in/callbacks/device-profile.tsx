import { useCallback, useEffect, useRef, useState } from 'react'
import { outputOf } from '../../api/authenticate.ts'
import { Button } from '../components/button.tsx'
import { Message } from '../messages/message.tsx'
import { inputName, textOf } from '../step/inputs.ts'
import { hasFields } from '../step/step-fields.ts'
import { type CallbackProps, useStepForm, useSubmitGuard } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'
import { collectProfile } from './collect-device-profile.ts'

/** Sends the device profile. Only the location needs a click, and the browser's permission. */
export default function DeviceProfile({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step, send, isBusy } = useStepForm()
  const [isAsking, setIsAsking] = useState(false)
  const wantsMetadata = outputOf(callback, 'metadata') === true
  const wantsLocation = outputOf(callback, 'location') === true
  const isAlone = !hasFieldsBeside(step)
  const name = inputName(callback)
  const answer = useCallback(
    async (location: boolean) => {
      setIsAsking(location)
      return { [name]: JSON.stringify(await collectProfile({ metadata: wantsMetadata, location })) }
    },
    [name, wantsMetadata],
  )
  useSubmitGuard(() => answer(wantsLocation))
  const isAutomatic = isAlone && !wantsLocation
  const isSent = useRef(false)
  useEffect(() => {
    if (!isAutomatic || isSent.current) return
    isSent.current = true
    void answer(false).then((values) => send(values, true))
  }, [isAutomatic, answer, send])
  const go = (location: boolean) => void answer(location).then((values) => send(values, true))
  const message = textOf(callback, 'message')
  return (
    <>
      <div className="sheet-lede">
        {message === '' ? <p>{texts.deviceText}</p> : <Message text={message} />}
        {wantsLocation && <p>{texts.deviceWhere}</p>}
      </div>
      {isAlone && wantsLocation && (
        <div className="sheet-actions">
          <Button kind="main" isBusy={isBusy || isAsking} onClick={() => go(true)}>
            {texts.continue}
          </Button>
          <Button isBusy={isBusy} onClick={() => go(false)}>
            {texts.deviceWithout}
          </Button>
        </div>
      )}
    </>
  )
}

function hasFieldsBeside(step: Parameters<typeof hasFields>[0]): boolean {
  const callbacks = step.callbacks.filter(({ type }) => type !== 'DeviceProfileCallback')
  return hasFields({ ...step, callbacks })
}
