import { useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Icon } from '../icon.tsx'
import { inputName } from '../step/inputs.ts'
import type { PasskeyQuestion } from '../step/recognised.ts'
import { type CallbackProps, useGate, useStepForm } from '../step/step-form.ts'
import { hasFields } from '../step/way-on.ts'
import { useWords } from '../translations/words.tsx'
import { askDevice, canOfferInField, hasPasskeys, type PasskeyProblem } from './ceremony.ts'

type PasskeyProps = CallbackProps & { question: PasskeyQuestion }

/** Asks the device, says why it did not work, and lets people try again or go on without. */
export default function Passkey({ callback, question }: PasskeyProps) {
  const words = useWords()
  const { step, isBusy, send } = useStepForm()
  const { ask, isAsking, problem } = useDevice(question)
  const isWithFields = hasFields(step)
  const name = inputName(callback)
  const sendAnswer = useCallback(async () => {
    const outcome = await ask()
    if (outcome !== undefined) send({ [name]: outcome }, true)
  }, [ask, send, name])
  useGate(async () => {
    const outcome = await ask()
    return outcome === undefined ? undefined : { [name]: outcome }
  })
  useOfferInField(question, isWithFields, (outcome) => send({ [name]: outcome }, true))
  useAskAtOnce(!question.isRegistration && !isWithFields, sendAnswer)
  const canAsk = hasPasskeys()
  return (
    <>
      {!isWithFields && (
        <p className="sheet-lede">
          {question.isRegistration ? words.passkeyCreateText : words.passkeyUseText}
        </p>
      )}
      {(problem || !canAsk) && (
        <NoticeBox tone="warn" role="alert">
          {words[problem?.kind ?? 'passkeyNone']}
        </NoticeBox>
      )}
      <div className="sheet-actions">
        {canAsk && !isWithFields && (
          <Button kind="main" isBusy={isBusy || isAsking} onClick={() => void sendAnswer()}>
            <Icon name="fingerprint" />
            {isAsking ? words.passkeyWaiting : problem ? words.again : words.continue}
          </Button>
        )}
        {(problem || !canAsk) && (
          <Button isBusy={isBusy} onClick={() => send({ [name]: problem?.outcome ?? 'unsupported' }, true)}>
            {words.passkeyWithout}
          </Button>
        )}
      </div>
    </>
  )
}

/** One question to the device at a time; none outlives the page. */
function useDevice(question: PasskeyQuestion) {
  const [isAsking, setIsAsking] = useState(false)
  const [problem, setProblem] = useState<PasskeyProblem>()
  const current = useRef<AbortController>(undefined)
  useEffect(() => () => current.current?.abort(), [])
  const ask = useCallback(async () => {
    current.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    current.current = controller
    setIsAsking(true)
    setProblem(undefined)
    inField.current?.abort()
    const result = await askDevice(question, { signal })
    if (signal.aborted) return undefined
    setIsAsking(false)
    if ('outcome' in result) return result.outcome
    setProblem(result.problem)
    return undefined
  }, [question])
  return { ask, isAsking, problem }
}

/** The offer among what the browser fills in: it gives way to a question in a window. */
const inField: { current: AbortController | undefined } = { current: undefined }

function useOfferInField(
  question: PasskeyQuestion,
  isWanted: boolean,
  onOutcome: (outcome: string) => void,
): void {
  const latest = useRef(onOutcome)
  latest.current = onOutcome
  useEffect(() => {
    if (!isWanted || question.isRegistration) return
    const controller = new AbortController()
    inField.current = controller
    void canOfferInField().then(async (can) => {
      if (!can || controller.signal.aborted) return
      const result = await askDevice(question, { signal: controller.signal, isInField: true })
      if ('outcome' in result && !controller.signal.aborted) latest.current(result.outcome)
    })
    return () => controller.abort()
  }, [question, isWanted])
}

/** Who has just pressed something is asked without another press; browsers would refuse to ask anybody else. */
function useAskAtOnce(isWanted: boolean, ask: () => Promise<void>): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current || !isWanted || navigator.userActivation?.isActive !== true) return
    isDone.current = true
    void ask()
  }, [isWanted, ask])
}
