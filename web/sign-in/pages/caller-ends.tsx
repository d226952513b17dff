import type { ReactNode } from 'react'
import { type CallerCheck, type Rejection, rejectionOf } from '../../api/callers-page.ts'
import { Button } from '../components/button.tsx'
import { GatePicture } from '../components/gate-picture.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { Said } from '../messages/said.tsx'
import { saysNothing } from '../step/step-notice.tsx'
import { Filled } from '../translations/filled.tsx'
import { fill, useWords } from '../translations/words.tsx'
import { shortTime } from './caller.tsx'
import { DenyButton } from './denial.tsx'

type EndProps = { check: CallerCheck | undefined; onReject(reason: Rejection): void }

/** The caller was confirmed. It is not too late to say that it was somebody else. */
export function ConfirmedPage({ check, onReject }: EndProps) {
  const words = useWords()
  const { application = null, openedBy = null, vouchFor = null } = check ?? {}
  const values = { agent: openedBy ?? words.theAgent, application, person: vouchFor }
  const { heading, lede } = confirmedWords(check)
  return (
    <Sheet
      isFocused
      picture={<GatePicture shows="done" />}
      heading={<Filled text={words[heading]} values={values} />}
      lede={<Filled text={words[lede]} values={values} />}
    >
      <DenyButton check={check} isLate onReject={onReject} />
    </Sheet>
  )
}

function confirmedWords(check: CallerCheck | undefined) {
  if (check?.application) return { heading: 'allowed', lede: 'allowedText' } as const
  if (check?.question === 'vouch') return { heading: 'vouched', lede: 'vouchedText' } as const
  return { heading: 'confirmed', lede: 'confirmedText' } as const
}

type RejectedProps = {
  check: CallerCheck | undefined
  reason: Rejection
  isLate: boolean
  /** When it was said, on a page that is opened again; epoch milliseconds. */
  at?: number | null
}

/** The person ended the check. Reopened, the page says when, and has nothing left to press. */
export function RejectedPage(props: RejectedProps) {
  const { check, reason } = props
  if (check?.application) return <NotAllowedPage application={check.application} isLate={props.isLate} />
  return reason === 'calledMe' ? <AttackPage {...props} /> : <StoppedPage {...props} />
}

function StoppedPage({ check, reason, isLate, at }: RejectedProps) {
  const words = useWords()
  const values = { agent: check?.openedBy ?? words.theAgent, person: check?.vouchFor ?? null }
  const isVouch = reason === 'notVouched'
  const text = isLate ? words.stoppedLate : words.stoppedText
  return (
    <Sheet
      isFocused
      heading={<Filled text={isVouch ? words.notVouched : words.stopped} values={values} />}
      lede={<ToldLede at={at} text={<Filled text={text} values={values} />} />}
    >
      {!isVouch && (
        <ol className="sheet-list">
          <li>{words.hangUp}</li>
          <li>{words.callBack}</li>
        </ol>
      )}
      <p className="sheet-small">{words.close}</p>
    </Sheet>
  )
}

/** An attacker is on the phone: what to do comes before everything else. */
function AttackPage({ check, at }: RejectedProps) {
  const words = useWords()
  const values = { agent: check?.openedBy ?? words.theAgent }
  return (
    <Sheet
      isFocused
      heading={words.attack}
      lede={<ToldLede at={at} text={<Filled text={words.attackText} values={values} />} />}
    >
      <p>{words.attackDo}</p>
      <p className="sheet-small">{words.close}</p>
    </Sheet>
  )
}

function ToldLede({ at, text }: { at: number | null | undefined; text: ReactNode }) {
  const words = useWords()
  return (
    <>
      {at != null && <p>{fill(words.toldAt, { time: shortTime(at) })}</p>}
      <p>{text}</p>
    </>
  )
}

/** Nobody is on the phone with somebody whom an application asks. */
function NotAllowedPage({ application, isLate }: { application: string; isLate: boolean }) {
  const words = useWords()
  return (
    <Sheet
      isFocused
      heading={isLate ? words.notAllowedLate : <Filled text={words.notAllowed} values={{ application }} />}
    >
      <p className="sheet-small">{words.notAskedText}</p>
      <p className="sheet-small">{words.close}</p>
    </Sheet>
  )
}

type OverProps = EndProps & { check: CallerCheck; message?: string | undefined }

/** The check had ended before the link was opened, or while somebody signed in. @param message of the journey. */
export function OverPage({ check, message, onReject }: OverProps) {
  const words = useWords()
  const reason = rejectionOf(check)
  const { application, rejectedAt, result } = check
  const isGood = result === 'APPROVED'
  if (reason !== undefined)
    return <RejectedPage check={check} reason={reason} isLate={isGood} at={rejectedAt} />
  const bad = application ? words.overBadApplication : words.overBad
  return (
    <Sheet
      isFocused
      heading={words.over}
      lede={isGood ? words.overGood : <Filled text={bad} values={{ application }} />}
    >
      {!isGood && message && !saysNothing(message) && (
        <NoticeBox tone="bad">
          <Said text={message} />
        </NoticeBox>
      )}
      <p className="sheet-small">{words.close}</p>
      <DenyButton check={check} isLate onReject={onReject} />
    </Sheet>
  )
}

/** Nobody can tell whether the link was never one, was called back, or is too old. */
export function GonePage() {
  const words = useWords()
  return <Sheet isFocused heading={words.gone} lede={words.goneText} />
}

type PlainEndProps = { heading: string; lede?: ReactNode; action?: string; onAction?(): void }

/** Something to read, and at most one way on. */
export function PlainEnd(props: PlainEndProps) {
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
