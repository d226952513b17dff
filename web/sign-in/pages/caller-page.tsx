import './caller-page.css'
import { Fragment, useState } from 'react'
import type { CallerCheck } from '../../api/callers-page.ts'
import { noticePage } from '../../check-model/callers-notice.ts'
import { SpokenCode } from '../../design/spoken-code.tsx'
import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { StickyActions } from '../components/sticky-actions.tsx'
import type { CallerProgress } from '../flow/view.ts'
import { Icon } from '../icon.tsx'
import { cleanText } from '../messages/clean-text.ts'
import { FilledText } from '../translations/filled-text.tsx'
import type { Texts } from '../translations/texts.tsx'
import { useTexts } from '../translations/texts.tsx'
import { ConfirmRejection, type OnReject, rejectionTexts } from './rejection.tsx'

type CallerProps = CallerProgress & {
  check: CallerCheck
  isBusy: boolean
  onConfirm(): void
  onContinue(): void
  onReject: OnReject
}

/** The first page of a caller's link. Opening it changes nothing. */
export function CallerPage(props: CallerProps) {
  const { check, isAnswered, onReject } = props
  const [isConfirming, setIsConfirming] = useState(false)
  if (isConfirming)
    return <ConfirmRejection check={check} onBack={() => setIsConfirming(false)} onReject={onReject} />
  // rule H5: otherwise the caller's page lets callers continue before they answer the question
  const Page = isAnswered ? ReadyPage : QuestionPage
  return <Page {...props} onDeny={() => setIsConfirming(true)} />
}

type PageProps = CallerProps & { onDeny(): void }

/**
 * Two equal buttons and nothing else to act on: no code and no sign-in. An attacker in the middle can relay every code,
 * but only the caller knows who called.
 */
function QuestionPage({ check, isBusy, onConfirm, onReject, onDeny }: PageProps) {
  const texts = useTexts()
  const { heading, lede, values, goOn, deny } = noticePage(check)
  const isVouch = check.question === 'vouch'
  return (
    <Sheet
      isFocused
      heading={<FilledText text={texts[heading]} values={values} />}
      lede={<FilledText text={texts[lede]} values={values} />}
    >
      <CheckRows check={check} />
      <div className="caller-choices">
        <Button isBusy={isBusy} onClick={onConfirm}>
          {texts[goOn]}
        </Button>
        <Button isBusy={isBusy} onClick={() => void onReject(isVouch ? 'notVouched' : 'calledMe')}>
          {texts[deny]}
        </Button>
      </div>
      {!isVouch && (
        <>
          <p className="sheet-small">{texts.calledBackHint}</p>
          <button type="button" className="text-button" onClick={onDeny}>
            {texts.notOnThePhone}
          </button>
        </>
      )}
    </Sheet>
  )
}

/** The page after the question: the agent's code, and the start of the sign-in. */
function ReadyPage({ check, isBegun, isElsewhere, isBusy, onContinue, onDeny }: PageProps) {
  const texts = useTexts()
  const { lede, values } = noticePage(check)
  const { application, question, state } = check
  const isVouch = question === 'vouch'
  const wasOpened = isElsewhere || state === 'IN_PROGRESS'
  return (
    <Sheet
      isFocused={question !== null}
      heading={<FilledText text={readyHeading(texts, check)} values={values} />}
      lede={<FilledText text={texts[lede]} values={values} />}
    >
      {check.reverseCode && <AgentsCode code={check.reverseCode} isVouch={isVouch} />}
      <CheckRows check={check} />
      {wasOpened && <NoticeBox tone="warn">{isBegun ? texts.begunBefore : texts.openElsewhere}</NoticeBox>}
      <StickyActions>
        <Button kind="deny" isBusy={isBusy} onClick={onDeny}>
          {texts[rejectionTexts(check).button]}
        </Button>
        <Button kind="main" isBusy={isBusy} onClick={onContinue}>
          {texts.continue}
        </Button>
      </StickyActions>
      <p className="sheet-small">{texts[hintOf(application, isVouch)]}</p>
    </Sheet>
  )
}

function readyHeading(texts: Texts, check: CallerCheck): string {
  return check.question === null ? texts[noticePage(check).heading] : texts.reallyUs
}

function hintOf(application: string | null, isVouch: boolean) {
  if (application) return 'notAskedHint'
  return isVouch ? 'neverPassword' : 'notMeHint'
}

/** Proves the agent to the caller. */
function AgentsCode({ code, isVouch }: { code: string; isVouch: boolean }) {
  const texts = useTexts()
  return (
    <section className="agents-code" aria-label={texts.agentsCode}>
      <p>{texts.agentsCode}</p>
      <SpokenCode code={code} language={document.documentElement.lang} />
      <p className="sheet-small">{isVouch ? texts.agentsCodeVouchHint : texts.agentsCodeHint}</p>
    </section>
  )
}

function CheckRows({ check }: { check: CallerCheck }) {
  const texts = useTexts()
  const rows = noticePage({ ...check, action: check.actionText }).rows.map(({ name, value }) => [
    texts[name],
    value,
  ])
  return (
    <dl className="sheet-rows">
      {[...rows, [texts.until, shortTime(check.expiresAt)]].map(([name, value = '']) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{cleanText(value, 200)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Time of day in the page's language. @param at epoch milliseconds. */
export function shortTime(at: number): string {
  return new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' })
}

/** The header of the caller's sign-in: the agent and the purpose. */
export function CallerStrip({ check }: { check: CallerCheck }) {
  const texts = useTexts()
  const { actionText, ticket } = check
  const about = [actionText, ticket].flatMap((text) => (text ? [cleanText(text, 120)] : []))
  return (
    <header className="sheet-strip">
      <Icon name="shield" />
      <span>
        <FilledText text={stripText(texts, check)} values={noticePage(check).values} />
        {about.length > 0 && (
          <small>
            {about.map((text, place) => (
              <Fragment key={text}>
                {place > 0 && ' · '}
                <bdi>{text}</bdi>
              </Fragment>
            ))}
          </small>
        )}
      </span>
    </header>
  )
}

function stripText(texts: Texts, { application, openedBy, question }: CallerCheck): string {
  if (application) return texts.forApplication
  if (question === 'vouch') return texts.forVouch
  return openedBy ? texts.forAgent : texts.forUnnamed
}
