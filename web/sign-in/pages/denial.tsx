import { useEffect, useRef, useState } from 'react'
import type { CallerCheck, Rejection } from '../../api/callers-page.ts'
import { Button } from '../components/button.tsx'
import { Sheet } from '../components/sheet.tsx'
import { Icon } from '../icon.tsx'
import { Filled } from '../translations/filled.tsx'
import { useWords } from '../translations/words.tsx'

/** Names of the words in which a person ends a check, and is asked once more. */
const callers = {
  reason: 'notMe',
  button: 'notMe',
  late: 'late',
  question: 'sureNotMe',
  text: 'sureNotMeText',
  yes: 'sureNotMeYes',
} as const

const vouching = {
  reason: 'notVouched',
  button: 'vouchNo',
  late: 'lateVouch',
  question: 'sureNoVouch',
  text: 'sureNoVouchText',
  yes: 'sureNoVouchYes',
} as const

const applications = {
  ...callers,
  question: 'sureNotAsked',
  text: 'sureNotAskedText',
  yes: 'sureNotAskedYes',
} as const

/** @param check undefined where it could not be read. */
export function denialOf(check: CallerCheck | undefined) {
  if (check?.application) return applications
  return check?.question === 'vouch' ? vouching : callers
}

type SureProps = { check: CallerCheck | undefined; onBack(): void; onReject(reason: Rejection): void }

/** Asks once more: a rejection can't be taken back, and may pause checks of the person. */
export function Sure(props: SureProps) {
  const { check } = props
  const words = useWords()
  const { question, text } = denialOf(check)
  const values = valuesOf(check, words.theAgent)
  return (
    <Sheet
      isFocused
      heading={<Filled text={words[question]} values={values} />}
      lede={<Filled text={words[text]} values={values} />}
    >
      <SureButtons {...props} />
    </Sheet>
  )
}

function SureButtons({ check, onBack, onReject }: SureProps) {
  const words = useWords()
  const { reason, yes } = denialOf(check)
  return (
    <div className="sheet-equal">
      <Button onClick={onBack}>{words.back}</Button>
      <Button kind="deny" onClick={() => onReject(reason)}>
        {words[yes]}
      </Button>
    </div>
  )
}

function valuesOf(check: CallerCheck | undefined, theAgent: string) {
  const { openedBy = null, application = null, vouchFor = null } = check ?? {}
  return { agent: openedBy ?? theAgent, application, person: vouchFor }
}

type DenyProps = {
  check: CallerCheck | undefined
  /** After the result: a link in the text instead of a button. */
  isLate?: boolean
  onReject(reason: Rejection): void
}

/** The way out, below a step and after the result. */
export function DenyButton({ check, isLate = false, onReject }: DenyProps) {
  const words = useWords()
  const [isAsking, setIsAsking] = useState(false)
  const { button, late } = denialOf(check)
  if (isAsking) return <SurePanel check={check} onBack={() => setIsAsking(false)} onReject={onReject} />
  if (isLate)
    return (
      <button type="button" className="text-button" onClick={() => setIsAsking(true)}>
        {words[late]}
      </button>
    )
  return (
    <Button kind="deny" onClick={() => setIsAsking(true)}>
      <Icon name="hand" />
      {words[button]}
    </Button>
  )
}

/** The same question on a page that keeps what was typed. */
function SurePanel(props: SureProps) {
  const { check } = props
  const words = useWords()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const { question, text } = denialOf(check)
  const values = valuesOf(check, words.theAgent)
  return (
    <section className="sure" aria-labelledby="sure-title">
      <h2 id="sure-title" ref={title} tabIndex={-1}>
        <Filled text={words[question]} values={values} />
      </h2>
      <p className="sheet-small">
        <Filled text={words[text]} values={values} />
      </p>
      <SureButtons {...props} />
    </section>
  )
}
