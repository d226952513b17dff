import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Callback, Step } from '../../api/authenticate.ts'
import { viewOf } from '../callbacks/callback-views.tsx'
import { Button } from '../components/button.tsx'
import { GatePicture } from '../components/gate-picture.tsx'
import { Sheet } from '../components/sheet.tsx'
import type { SignInFlow } from '../flow/sign-in-flow.ts'
import type { StepView } from '../flow/view.ts'
import { withoutTags } from '../messages/clean-text.ts'
import { Message } from '../messages/message.tsx'
import type { Texts } from '../translations/texts.tsx'
import { useTexts } from '../translations/texts.tsx'
import { signsInWithPassword } from './autofill-hints.ts'
import { initialValues, isSamePage } from './carry-over.ts'
import { errorsOf } from './field-errors.ts'
import { headingOf } from './heading.ts'
import { callbacksOf, isPolling, type Values } from './inputs.ts'
import { isAppRegistration, recoveryCodesIn } from './special-steps.ts'
import { readStage, type StageOptions } from './stage.ts'
import { type StepForm, StepFormContext, type SubmitGuard } from './step-form.ts'
import { hasLede, StepLede } from './step-lede.tsx'
import { StepNotice } from './step-notice.tsx'

const CallersLink = lazy(() => import('../components/callers-link.tsx'))

type StepPageProps = { view: StepView; flow: SignInFlow; isBusy: boolean; language: string }

/** One page of a journey. Remounted for each page. */
export function StepPage({ view, flow, isBusy, language }: StepPageProps) {
  const texts = useTexts()
  const { step, visit } = view
  const form = useStep({ view, flow, isBusy })
  const place = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (place.current !== null) focusFirst(place.current, visit > 1)
  }, [visit])
  const picture = pictureOf(step)
  return (
    <StepFormContext value={form}>
      <Sheet
        heading={<bdi>{headingOf(step, texts)}</bdi>}
        isLive={isPolling(step)}
        lede={hasLede(step) && <StepLede step={step} />}
        {...(picture ? { picture } : {})}
      >
        <StepNotice notice={view.notice} step={step} />
        {view.isHeld && (
          <Suspense fallback={null}>
            <CallersLink realm={flow.address.realm} authId={step.authId} />
          </Suspense>
        )}
        <form
          ref={place}
          className="sheet-form"
          method="post"
          noValidate
          aria-busy={isBusy}
          onSubmit={(event) => {
            event.preventDefault()
            form.send()
          }}
        >
          <Suspense fallback={null}>
            <StepCallbacks
              step={step}
              form={form}
              submitText={submitTextOf(form.stage, step, texts, language)}
            />
          </Suspense>
        </form>
        <Footer text={inLanguage(form.stage.footer, language)} />
      </Sheet>
    </StepFormContext>
  )
}

function StepCallbacks({ step, form, submitText }: { step: Step; form: StepForm; submitText: string }) {
  const drawings = step.callbacks.map((callback) => ({ callback, ...viewOf(callback) }))
  const leadsOn = drawings.some((drawing) => drawing.replacesSubmit?.(drawing.callback, step, form.stage))
  const placeOf = ({ place, callback }: (typeof drawings)[number]) =>
    typeof place === 'function' ? place(callback, step) : place
  const at = (place: 'button' | 'below' | undefined) =>
    drawings
      .filter((drawing) => placeOf(drawing) === place)
      .map(({ callback, View: Draw }) => <Draw key={keyOf(step, callback)} callback={callback} />)
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

/** Callbacks can be equal, so the key contains the index. */
function keyOf(step: Step, callback: Callback): string {
  return `${callback.type} ${step.callbacks.indexOf(callback)}`
}

function Footer({ text }: { text: string }) {
  return text === '' ? null : <Message text={text} className="sheet-small" />
}

function pictureOf(step: Step) {
  // The QR code is the picture.
  if (isAppRegistration(step)) return undefined
  if (isPolling(step)) return <GatePicture shows="waiting" />
  const isSuspended = callbacksOf(step, 'SuspendedTextOutputCallback').length > 0
  return isSuspended ? <GatePicture shows="letter" /> : undefined
}

function useStep({ view, flow, isBusy }: Omit<StepPageProps, 'language'>): StepForm {
  const texts = useTexts()
  const { step, typed } = view
  const [values, setValues] = useState<Values>(() => initialValues(step, typed))
  const [isChecking, setIsChecking] = useState(false)
  const guards = useRef(new Set<SubmitGuard>()).current
  const stage = useMemo(() => readStage(step.stage), [step.stage])
  return {
    step,
    stage,
    values,
    isBusy: isBusy || isChecking,
    // The next page replaces the fields, so a change would be lost while the step is in flight.
    set: (name, value) => isBusy || setValues((before) => ({ ...before, [name]: value })),
    errorsOf: (callback) => errorsOf(callback, view, texts),
    wasSentBack: isSamePage(step, typed),
    restart: () => flow.restart(),
    guards,
    send(more = {}, skipGuards = false) {
      if (isBusy || isChecking) return
      if (skipGuards) return flow.submit({ ...values, ...more })
      setIsChecking(true)
      void runGuards(guards).then((answers) => {
        setIsChecking(false)
        if (answers !== undefined) flow.submit({ ...values, ...answers, ...more })
        else focusFirst(document.querySelector('form') ?? document.body, true)
      })
    },
  }
}

/** Runs all guards, so that all errors show at once. @returns undefined if one prevents sending. */
async function runGuards(guards: ReadonlySet<SubmitGuard>): Promise<Values | undefined> {
  const answers = await Promise.all([...guards].map((guard) => guard()))
  return answers.every((answer) => answer !== undefined) ? Object.assign({}, ...answers) : undefined
}

const controls = 'input:not([type="hidden"]):not([readonly]), select, textarea'

/**
 * Focuses the first invalid field, or else the first empty field, or else the first field. A page without fields gets the
 * focus on its heading, unless it is the first page.
 */
function focusFirst(form: HTMLElement, isFollowing: boolean): void {
  const all = [...form.querySelectorAll<HTMLInputElement>(controls)]
  const wrong = all.find((control) => control.getAttribute('aria-invalid') === 'true')
  const empty = all.find((control) => control.type !== 'checkbox' && control.value === '')
  const target = wrong ?? empty ?? all.find(({ type }) => type !== 'checkbox' && type !== 'radio')
  if (target !== undefined) target.focus()
  else if (isFollowing) document.querySelector<HTMLElement>('h1')?.focus()
}

/** The label of the submit button: the journey's, or one that fits the step. */
function submitTextOf(stage: StageOptions, step: Step, texts: Texts, language: string): string {
  const ofJourney = inLanguage(stage.submitText, language)
  if (ofJourney !== '') return withoutTags(ofJourney)
  if (recoveryCodesIn(step) !== undefined) return texts.recoveryKept
  return signsInWithPassword(step) ? texts.title : texts.continue
}

/** The text in the best available language; empty without texts. */
function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  const alike = Object.keys(texts).find((key) => key.split(/[-_]/)[0] === language)
  return texts[language] ?? (alike && texts[alike]) ?? texts.en ?? Object.values(texts)[0] ?? ''
}
