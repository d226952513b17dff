import { useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Icon } from '../icon.tsx'
import { inputName } from '../step/inputs.ts'
import type { PasskeyRequest } from '../step/special-steps.ts'
import { hasFields, isPasskeyBesideFields } from '../step/step-fields.ts'
import { type CallbackProps, useStepForm, useSubmitGuard } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'
import { canAutofill, hasPasskeys, type PasskeyProblem, requestPasskey } from './ceremony.ts'

type PasskeyProps = CallbackProps & { question: PasskeyRequest }

/** Asks the device for a passkey: on its own, instead of the fields above, or after them. */
export default function Passkey({ callback, question }: PasskeyProps) {
  const { step, isBusy, send } = useStepForm()
  const { ask, isAsking, problem } = useDevice(question)
  const isWithFields = hasFields(step)
  const isBeside = isPasskeyBesideFields(callback, step)
  const isConditional = question.mediation === 'conditional'
  const name = inputName(callback)
  const sendOutcome = (outcome: string) => send({ [name]: outcome }, true)
  const sendAnswer = useCallback(async () => {
    const outcome = await ask()
    if (outcome !== undefined) send({ [name]: outcome }, true)
  }, [ask, send, name])
  useSubmitGuard(async () => {
    if (isBeside) {
      autofill.current?.abort()
      return {}
    }
    const outcome = await ask()
    return outcome === undefined ? undefined : { [name]: outcome }
  })
  // Again after a cancelled request, because browsers allow one at a time.
  const isOffered = isWithFields && (isConditional || !isBeside) && !isAsking && !isBusy
  useAutofill(question, isOffered, sendOutcome)
  useAutomaticRequest(!question.isRegistration && !isWithFields, sendAnswer)
  const onPress = () => void sendAnswer()
  if (isBeside) {
    const hasButton = hasPasskeys() && (question.manualButtonEnabled === true || !isConditional)
    return hasButton && <PasskeyButton {...{ isBusy: isBusy || isAsking, problem, onPress }} />
  }
  return <PasskeyQuestion {...{ question, isWithFields, isAsking, problem, onPress, sendOutcome }} />
}

type QuestionProps = {
  question: PasskeyRequest
  isWithFields: boolean
  isAsking: boolean
  problem: PasskeyProblem | undefined
  onPress(): void
  sendOutcome(outcome: string): void
}

/** After a problem, people can try again or continue without a passkey. */
function PasskeyQuestion({ question, isWithFields, isAsking, problem, onPress, sendOutcome }: QuestionProps) {
  const texts = useTexts()
  const { isBusy } = useStepForm()
  const canAsk = hasPasskeys()
  return (
    <>
      {!isWithFields && (
        <p className="sheet-lede">
          {question.isRegistration ? texts.passkeyCreateText : texts.passkeyUseText}
        </p>
      )}
      {(problem || !canAsk) && (
        <NoticeBox tone="warn" role="alert">
          {texts[problem?.kind ?? 'passkeyNone']}
        </NoticeBox>
      )}
      <div className="sheet-actions">
        {canAsk && !isWithFields && (
          <Button kind="main" isBusy={isBusy || isAsking} onClick={onPress}>
            <Icon name="fingerprint" />
            {isAsking ? texts.passkeyWaiting : problem ? texts.again : texts.continue}
          </Button>
        )}
        {(problem || !canAsk) && (
          <Button isBusy={isBusy} onClick={() => sendOutcome(problem?.outcome ?? 'unsupported')}>
            {texts.passkeyWithout}
          </Button>
        )}
      </div>
    </>
  )
}

/** Signs in with a passkey instead of the fields above. */
function PasskeyButton(props: { isBusy: boolean; problem: PasskeyProblem | undefined; onPress(): void }) {
  const texts = useTexts()
  return (
    <div className="sheet-actions">
      <p className="providers-or">{texts.or}</p>
      {props.problem && (
        <NoticeBox tone="warn" role="alert">
          {texts[props.problem.kind]}
        </NoticeBox>
      )}
      <Button isBusy={props.isBusy} onClick={props.onPress}>
        <Icon name="fingerprint" />
        {texts.passkeySignIn}
      </Button>
    </div>
  )
}

/** One request to the device at a time, aborted when the page changes. */
function useDevice(question: PasskeyRequest) {
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
    autofill.current?.abort()
    const result = await requestPasskey(question, { signal })
    if (signal.aborted) return undefined
    setIsAsking(false)
    if ('outcome' in result) return result.outcome
    setProblem(result.problem)
    return undefined
  }, [question])
  return { ask, isAsking, problem }
}

/** The pending autofill request. Aborted before a modal request, because browsers allow only one. */
const autofill: { current: AbortController | undefined } = { current: undefined }

function useAutofill(
  question: PasskeyRequest,
  isEnabled: boolean,
  onOutcome: (outcome: string) => void,
): void {
  const latest = useRef(onOutcome)
  latest.current = onOutcome
  useEffect(() => {
    if (!isEnabled || question.isRegistration) return
    const controller = new AbortController()
    autofill.current = controller
    void canAutofill().then(async (can) => {
      if (!can || controller.signal.aborted) return
      const result = await requestPasskey(question, { signal: controller.signal, isAutofill: true })
      if ('outcome' in result && !controller.signal.aborted) latest.current(result.outcome)
    })
    return () => controller.abort()
  }, [question, isEnabled])
}

/** Asks the device without another click if the person has just clicked; browsers reject other automatic requests. */
function useAutomaticRequest(isEnabled: boolean, ask: () => Promise<void>): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current || !isEnabled || navigator.userActivation?.isActive !== true) return
    isDone.current = true
    void ask()
  }, [isEnabled, ask])
}
