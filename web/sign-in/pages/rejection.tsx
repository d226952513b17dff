import { useEffect, useRef, useState } from 'react'
import type { CallerCheck, Rejection } from '../../api/callers-page.ts'
import { Button } from '../components/button.tsx'
import { Sheet } from '../components/sheet.tsx'
import { Icon } from '../icon.tsx'
import { FilledText } from '../translations/filled-text.tsx'
import { useTexts } from '../translations/texts.tsx'

/** The texts of a rejection and its confirmation. */
const callerTexts = {
  reason: 'notMe',
  button: 'notMe',
  late: 'late',
  question: 'sureNotMe',
  text: 'sureNotMeText',
  yes: 'sureNotMeYes',
} as const

const vouchTexts = {
  reason: 'notVouched',
  button: 'vouchNo',
  late: 'lateVouch',
  question: 'sureNoVouch',
  text: 'sureNoVouchText',
  yes: 'sureNoVouchYes',
} as const

const applicationTexts = {
  ...callerTexts,
  question: 'sureNotAsked',
  text: 'sureNotAskedText',
  yes: 'sureNotAskedYes',
} as const

/** @param check undefined if it could not be loaded. */
export function rejectionTexts(check: CallerCheck | undefined) {
  if (check?.application) return applicationTexts
  return check?.question === 'vouch' ? vouchTexts : callerTexts
}

/** @returns when the rejection has an answer. */
export type OnReject = (reason: Rejection) => Promise<void>

type ConfirmProps = { check: CallerCheck | undefined; onBack(): void; onReject: OnReject }

/** Asks for confirmation, because a rejection is final and can pause checks of the person. */
export function ConfirmRejection(props: ConfirmProps) {
  const { check } = props
  const texts = useTexts()
  const { question, text } = rejectionTexts(check)
  const values = valuesOf(check)
  return (
    <Sheet
      isFocused
      heading={<FilledText text={texts[question]} values={values} />}
      lede={<FilledText text={texts[text]} values={values} />}
    >
      <ConfirmButtons {...props} />
    </Sheet>
  )
}

function ConfirmButtons({ check, onBack, onReject }: ConfirmProps) {
  const texts = useTexts()
  const [isSent, setIsSent] = useState(false)
  const { reason, yes } = rejectionTexts(check)
  const send = async () => {
    setIsSent(true)
    await onReject(reason)
    setIsSent(false)
  }
  return (
    <div className="sheet-equal">
      <Button isBusy={isSent} onClick={onBack}>
        {texts.back}
      </Button>
      <Button kind="deny" isBusy={isSent} onClick={() => void send()}>
        {texts[yes]}
      </Button>
    </div>
  )
}

function valuesOf(check: CallerCheck | undefined) {
  const { openedBy = null, application = null, vouchFor = null } = check ?? {}
  return { agent: openedBy, application, person: vouchFor }
}

type RejectButtonProps = {
  check: CallerCheck | undefined
  /** After the result, a text button is enough. */
  isLate?: boolean
  onReject: OnReject
}

/** The button to reject a check, below a step and after the result. */
export function RejectButton({ check, isLate = false, onReject }: RejectButtonProps) {
  const texts = useTexts()
  const [isConfirming, setIsConfirming] = useState(false)
  const { button, late } = rejectionTexts(check)
  if (isConfirming)
    return <ConfirmPanel check={check} onBack={() => setIsConfirming(false)} onReject={onReject} />
  if (isLate)
    return (
      <button type="button" className="text-button" onClick={() => setIsConfirming(true)}>
        {texts[late]}
      </button>
    )
  return (
    <Button kind="deny" onClick={() => setIsConfirming(true)}>
      <Icon name="hand" />
      {texts[button]}
    </Button>
  )
}

/** The same confirmation inside a page, which keeps its input. */
function ConfirmPanel(props: ConfirmProps) {
  const { check } = props
  const texts = useTexts()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const { question, text } = rejectionTexts(check)
  const values = valuesOf(check)
  return (
    <section className="sure" aria-labelledby="sure-title">
      <h2 id="sure-title" ref={title} tabIndex={-1}>
        <FilledText text={texts[question]} values={values} />
      </h2>
      <p className="sheet-small">
        <FilledText text={texts[text]} values={values} />
      </p>
      <ConfirmButtons {...props} />
    </section>
  )
}
