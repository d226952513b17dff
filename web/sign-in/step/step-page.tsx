import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Callback, Step } from '../../api/authenticate.ts'
import { drawingOf } from '../callbacks/table.tsx'
import { Button } from '../components/button.tsx'
import { GatePicture } from '../components/gate-picture.tsx'
import { Sheet } from '../components/sheet.tsx'
import type { StepView } from '../flow/view.ts'
import type { Walk } from '../flow/walk.ts'
import { Said } from '../messages/said.tsx'
import { useWords } from '../translations/words.tsx'
import { isSamePage, startingValues } from './carry-over.ts'
import { errorsOf } from './errors.ts'
import { focusFirst } from './focus.ts'
import { headingOf } from './heading.ts'
import { callbacksOf, isWaiting, type Values } from './inputs.ts'
import { readStage } from './stage.ts'
import { type Gate, type StepForm, StepFormContext } from './step-form.ts'
import { hasLede, StepLede } from './step-lede.tsx'
import { StepNotice } from './step-notice.tsx'
import { inLanguage, submitTextOf } from './submit-text.ts'

const CallersLink = lazy(() => import('../components/callers-link.tsx'))

type StepPageProps = { view: StepView; walk: Walk; isBusy: boolean; language: string }

/** One page of a journey: what it asks, and the way on. It is drawn anew for each page. */
export function StepPage({ view, walk, isBusy, language }: StepPageProps) {
  const words = useWords()
  const { step, visit } = view
  const form = useStep({ view, walk, isBusy })
  const place = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (place.current !== null) focusFirst(place.current, visit > 1)
  }, [visit])
  const picture = pictureOf(step)
  return (
    <StepFormContext value={form}>
      <Sheet
        heading={<bdi>{headingOf(step, words)}</bdi>}
        isLive={isWaiting(step)}
        lede={hasLede(step) && <StepLede step={step} />}
        {...(picture ? { picture } : {})}
      >
        <StepNotice notice={view.notice} step={step} />
        {view.isHeld && (
          <Suspense fallback={null}>
            <CallersLink realm={walk.address.realm} authId={step.authId} />
          </Suspense>
        )}
        <form
          ref={place}
          className="sheet-form"
          method="post"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            form.send()
          }}
        >
          <Suspense fallback={null}>
            <StepParts step={step} form={form} submitText={submitTextOf(form.stage, step, words, language)} />
          </Suspense>
        </form>
        <Footer text={inLanguage(form.stage.footer, language)} />
      </Sheet>
    </StepFormContext>
  )
}

function StepParts({ step, form, submitText }: { step: Step; form: StepForm; submitText: string }) {
  const drawings = step.callbacks.map((callback) => ({ callback, ...drawingOf(callback) }))
  const leadsOn = drawings.some((drawing) => drawing.leadsOn?.(drawing.callback, step, form.stage))
  const at = (place: 'button' | 'below' | undefined) =>
    drawings
      .filter((drawing) => drawing.place === place)
      .map(({ callback, Draw }) => <Draw key={keyOf(step, callback)} callback={callback} />)
  return (
    <>
      {at(undefined)}
      {at('button')}
      {!leadsOn && (
        <Button type="submit" kind="main" isBusy={form.isBusy}>
          {submitText}
        </Button>
      )}
      {at('below')}
    </>
  )
}

/** Two callbacks of a step may be equal: their place tells them apart. */
function keyOf(step: Step, callback: Callback): string {
  return `${callback.type} ${step.callbacks.indexOf(callback)}`
}

function Footer({ text }: { text: string }) {
  return text === '' ? null : <Said text={text} className="sheet-small" />
}

function pictureOf(step: Step) {
  if (isWaiting(step)) return <GatePicture shows="waiting" />
  const isSuspended = callbacksOf(step, 'SuspendedTextOutputCallback').length > 0
  return isSuspended ? <GatePicture shows="letter" /> : undefined
}

/** What is typed into the step, and how it is sent. */
function useStep({ view, walk, isBusy }: Omit<StepPageProps, 'language'>): StepForm {
  const words = useWords()
  const { step, typed } = view
  const [values, setValues] = useState<Values>(() => startingValues(step, typed))
  const [isAsking, setIsAsking] = useState(false)
  const gates = useRef(new Set<Gate>()).current
  const stage = useMemo(() => readStage(step.stage), [step.stage])
  return {
    step,
    stage,
    values,
    isBusy: isBusy || isAsking,
    set: (name, value) => setValues((before) => ({ ...before, [name]: value })),
    errorsOf: (callback) => errorsOf(callback, view, words),
    wasSentBack: isSamePage(step, typed),
    restart: () => walk.restart(),
    gates,
    send(more = {}, isWayOut = false) {
      if (isBusy || isAsking) return
      if (isWayOut) return walk.submit({ ...values, ...more })
      setIsAsking(true)
      void asked(gates).then((answers) => {
        setIsAsking(false)
        if (answers !== undefined) walk.submit({ ...values, ...answers, ...more })
        else focusFirst(document.querySelector('form') ?? document.body, true)
      })
    },
  }
}

/** All gates have their say, so that all that is wrong shows at once. @returns undefined when one keeps the step. */
async function asked(gates: ReadonlySet<Gate>): Promise<Values | undefined> {
  const answers = await Promise.all([...gates].map((gate) => gate()))
  return answers.every((answer) => answer !== undefined) ? Object.assign({}, ...answers) : undefined
}
