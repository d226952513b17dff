import { useCallback, useEffect, useRef, useState } from 'react'
import { outputOf } from '../../api/authenticate.ts'
import { Button } from '../components/button.tsx'
import { Said } from '../messages/said.tsx'
import { inputName, textOf } from '../step/inputs.ts'
import { type CallbackProps, useGate, useStepForm } from '../step/step-form.ts'
import { hasFields } from '../step/way-on.ts'
import { useWords } from '../translations/words.tsx'
import { collectProfile } from './collect-device-profile.ts'

/** What kind of device this is, and where. Only where it is needs a press, and the browser asks, too. */
export default function DeviceProfile({ callback }: CallbackProps) {
  const words = useWords()
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
  useGate(() => answer(wantsLocation))
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
        {message === '' ? <p>{words.deviceText}</p> : <Said text={message} />}
        {wantsLocation && <p>{words.deviceWhere}</p>}
      </div>
      {isAlone && wantsLocation && (
        <div className="sheet-actions">
          <Button kind="main" isBusy={isBusy || isAsking} onClick={() => go(true)}>
            {words.continue}
          </Button>
          <Button isBusy={isBusy} onClick={() => go(false)}>
            {words.deviceWithout}
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
