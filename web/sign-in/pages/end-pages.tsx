import type { ReactNode } from 'react'
import { type CallerCheck, type Rejection, rejectionOf } from '../../api/callers-page.ts'
import { Button } from '../components/button.tsx'
import { GatePicture } from '../components/gate-picture.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { Message } from '../messages/message.tsx'
import { isGenericMessage } from '../step/step-notice.tsx'
import { FilledText } from '../translations/filled-text.tsx'
import { fill, useTexts } from '../translations/texts.tsx'
import { shortTime } from './caller-page.tsx'
import { type OnReject, RejectButton } from './rejection.tsx'

type EndProps = { check: CallerCheck | undefined; onReject: OnReject }

/** The caller is verified. They can still report that it was not them. */
export function ConfirmedPage({ check, onReject }: EndProps) {
  const texts = useTexts()
  const { application = null, openedBy = null, vouchFor = null } = check ?? {}
  const values = { agent: openedBy, application, person: vouchFor }
  const { heading, lede } = confirmedTexts(check)
  return (
    <Sheet
      isFocused
      picture={<GatePicture shows="done" />}
      heading={<FilledText text={texts[heading]} values={values} />}
      lede={<FilledText text={texts[lede]} values={values} />}
    >
      <RejectButton check={check} isLate onReject={onReject} />
    </Sheet>
  )
}

function confirmedTexts(check: CallerCheck | undefined) {
  if (check?.application) return { heading: 'allowed', lede: 'allowedText' } as const
  if (check?.question === 'vouch') return { heading: 'vouched', lede: 'vouchedText' } as const
  return { heading: 'confirmed', lede: 'confirmedText' } as const
}

type RejectedProps = {
  check: CallerCheck | undefined
  reason: Rejection
  isLate: boolean
  /** Epoch milliseconds of the rejection, if the page is reopened later. */
  at?: number | null
}

/** The check was rejected. There is nothing left to do. */
export function RejectedPage(props: RejectedProps) {
  const { check, reason } = props
  if (check?.application) return <NotAllowedPage application={check.application} isLate={props.isLate} />
  return reason === 'calledMe' ? <AttackPage {...props} /> : <StoppedPage {...props} />
}

function StoppedPage({ check, reason, isLate, at }: RejectedProps) {
  const texts = useTexts()
  const values = { agent: check?.openedBy ?? null, person: check?.vouchFor ?? null }
  const isVouch = reason === 'notVouched'
  const text = isLate ? texts.stoppedLate : texts.stoppedText
  return (
    <Sheet
      isFocused
      heading={<FilledText text={isVouch ? texts.notVouched : texts.stopped} values={values} />}
      lede={<ReportedLede at={at} text={<FilledText text={text} values={values} />} />}
    >
      {!isVouch && (
        <ol className="sheet-list">
          <li>{texts.hangUp}</li>
          <li>{texts.callBack}</li>
        </ol>
      )}
      <p className="sheet-small">{texts.close}</p>
    </Sheet>
  )
}

/** An attacker is on the phone, so instructions come first. */
function AttackPage({ check, at }: RejectedProps) {
  const texts = useTexts()
  const values = { agent: check?.openedBy ?? null }
  return (
    <Sheet
      isFocused
      heading={texts.attack}
      lede={<ReportedLede at={at} text={<FilledText text={texts.attackText} values={values} />} />}
    >
      <p>{texts.attackDo}</p>
      <p className="sheet-small">{texts.close}</p>
    </Sheet>
  )
}

function ReportedLede({ at, text }: { at: number | null | undefined; text: ReactNode }) {
  const texts = useTexts()
  return (
    <>
      {at != null && <p>{fill(texts.toldAt, { time: shortTime(at) })}</p>}
      <p>{text}</p>
    </>
  )
}

/** Without instructions about a call, because an application asked. */
function NotAllowedPage({ application, isLate }: { application: string; isLate: boolean }) {
  const texts = useTexts()
  return (
    <Sheet
      isFocused
      heading={
        isLate ? texts.notAllowedLate : <FilledText text={texts.notAllowed} values={{ application }} />
      }
    >
      <p className="sheet-small">{texts.notAskedText}</p>
      <p className="sheet-small">{texts.close}</p>
    </Sheet>
  )
}

type OverProps = EndProps & { check: CallerCheck; message?: string | undefined }

/** The check ended before the link was opened or during the sign-in. @param message of the failed journey. */
export function OverPage({ check, message, onReject }: OverProps) {
  const texts = useTexts()
  const reason = rejectionOf(check)
  const { application, rejectedAt, result } = check
  const isGood = result === 'APPROVED'
  if (reason !== undefined)
    return <RejectedPage check={check} reason={reason} isLate={isGood} at={rejectedAt} />
  const bad = application ? texts.overBadApplication : texts.overBad
  return (
    <Sheet
      isFocused
      heading={texts.over}
      lede={isGood ? texts.overGood : <FilledText text={bad} values={{ application }} />}
    >
      {!isGood && message && !isGenericMessage(message) && (
        <NoticeBox tone="bad">
          <Message text={message} />
        </NoticeBox>
      )}
      <p className="sheet-small">{texts.close}</p>
      <RejectButton check={check} isLate onReject={onReject} />
    </Sheet>
  )
}

/** The server does not tell whether a link never existed, was cancelled or has expired. */
export function GonePage() {
  const texts = useTexts()
  return <Sheet isFocused heading={texts.gone} lede={texts.goneText} />
}

type EndPageProps = { heading: string; lede?: ReactNode; action?: string; onAction?(): void }

/** A text and at most one button. */
export function EndPage(props: EndPageProps) {
  const { heading, lede, action, onAction } = props
  return (
    <Sheet isFocused heading={heading} lede={lede}>
      {action && (
        <Button kind="main" {...(onAction ? { onClick: onAction } : {})}>
          {action}
        </Button>
      )}
    </Sheet>
  )
}
