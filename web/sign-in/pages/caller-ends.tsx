import type { ReactNode } from 'react'
import type { Check } from '../../wire/caller.ts'
import { Button } from '../parts/button.tsx'
import { GatePicture } from '../parts/gate-picture.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Filled } from '../words/filled.tsx'
import { useWords } from '../words/words.tsx'
import { NotMeButton } from './caller.tsx'

type EndProps = { check: Check | undefined; onNotMe(): void }

/** The caller was confirmed. It is not too late to say that it was somebody else. */
export function ConfirmedPage({ check, onNotMe }: EndProps) {
  const words = useWords()
  const application = check?.application ?? null
  const values = { agent: check?.openedBy ?? words.theAgent, application }
  return (
    <Sheet
      isFocused
      picture={<GatePicture shows="done" />}
      heading={application ? <Filled text={words.allowed} values={values} /> : words.confirmed}
      lede={<Filled text={application ? words.allowedText : words.confirmedText} values={values} />}
    >
      <p className="sheet-small">{words.late}</p>
      <NotMeButton onNotMe={onNotMe} />
    </Sheet>
  )
}

/** The caller said "This is not me". */
export function NotMePage({ check, isLate }: { check: Check | undefined; isLate: boolean }) {
  const words = useWords()
  if (check?.application) return <NotAllowedPage application={check.application} isLate={isLate} />
  const agent = check?.openedBy ?? words.theAgent
  return (
    <Sheet
      isFocused
      heading={<Filled text={words.stopped} values={{ agent }} />}
      lede={isLate ? words.stoppedLate : words.stoppedText}
    >
      <ol className="sheet-list">
        <li>{words.hangUp}</li>
        <li>{words.callBack}</li>
      </ol>
      <p className="sheet-small">{words.close}</p>
    </Sheet>
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

/** The check had ended before the link was opened, or while somebody signed in. */
export function OverPage({ check, onNotMe }: { check: Check; onNotMe(): void }) {
  const words = useWords()
  if (check.ending === 'notMe') return <NotMePage check={check} isLate={false} />
  const { application, result } = check
  const bad = application ? words.overBadApplication : words.overBad
  return (
    <Sheet
      isFocused
      heading={words.over}
      lede={result === 'APPROVED' ? words.overGood : <Filled text={bad} values={{ application }} />}
    >
      <p className="sheet-small">{words.close}</p>
      <NotMeButton onNotMe={onNotMe} />
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
