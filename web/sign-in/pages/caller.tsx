import './caller.css'
import { useState } from 'react'
import type { CallerCheck, Rejection } from '../../api/callers-page.ts'
import { noticePage } from '../../check-model/callers-notice.ts'
import { SpokenCode } from '../../design/spoken-code.tsx'
import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import type { CallerStage } from '../flow/view.ts'
import { Icon } from '../icon.tsx'
import { plain } from '../messages/plain.ts'
import type { Words } from '../translations/en.ts'
import { Filled } from '../translations/filled.tsx'
import { useWords } from '../translations/words.tsx'
import { denialOf, Sure } from './denial.tsx'

type CallerProps = CallerStage & {
  check: CallerCheck
  isBusy: boolean
  onConfirm(): void
  onContinue(): void
  onReject(reason: Rejection): void
}

/** The first page of a caller: who asks, and for what. Nothing has happened yet. */
export function CallerPage(props: CallerProps) {
  const { check, isAnswered, onReject } = props
  const [isAsking, setIsAsking] = useState(false)
  if (isAsking) return <Sure check={check} onBack={() => setIsAsking(false)} onReject={onReject} />
  const Page = isAnswered ? ReadyPage : QuestionPage
  return <Page {...props} onDeny={() => setIsAsking(true)} />
}

type PageProps = CallerProps & { onDeny(): void }

/**
 * Two choices alike, before anything else to act on: no code and no way on. An attacker in the middle can pass on every
 * code, but only the caller knows who called.
 */
function QuestionPage({ check, isBusy, onConfirm, onReject, onDeny }: PageProps) {
  const words = useWords()
  const { heading, lede, values, goOn, deny } = noticePage(check)
  const isVouch = check.question === 'vouch'
  return (
    <Sheet
      isFocused
      heading={<Filled text={words[heading]} values={values} />}
      lede={<Filled text={words[lede]} values={values} />}
    >
      <CheckRows check={check} />
      <div className="caller-choices">
        <Button isBusy={isBusy} onClick={onConfirm}>
          {words[goOn]}
        </Button>
        <Button isBusy={isBusy} onClick={() => onReject(isVouch ? 'notVouched' : 'calledMe')}>
          {words[deny]}
        </Button>
      </div>
      {!isVouch && (
        <>
          <p className="sheet-small">{words.calledBackHint}</p>
          <button type="button" className="text-button" onClick={onDeny}>
            {words.notOnThePhone}
          </button>
        </>
      )}
    </Sheet>
  )
}

/** What the agent must know, and the way on. */
function ReadyPage({ check, isBegun, isElsewhere, isBusy, onContinue, onDeny }: PageProps) {
  const words = useWords()
  const { lede, values } = noticePage(check)
  const { application, question, state } = check
  const isVouch = question === 'vouch'
  const wasOpened = isElsewhere || state === 'IN_PROGRESS'
  return (
    <Sheet
      isFocused={question !== null}
      heading={<Filled text={readyHeading(words, check)} values={values} />}
      lede={<Filled text={words[lede]} values={values} />}
    >
      {check.reverseCode && <AgentsCode code={check.reverseCode} isVouch={isVouch} />}
      <CheckRows check={check} />
      {wasOpened && <NoticeBox tone="warn">{isBegun ? words.begunBefore : words.openElsewhere}</NoticeBox>}
      <div className="sheet-sticky">
        <div className="sheet-equal">
          <Button kind="deny" isBusy={isBusy} onClick={onDeny}>
            {words[denialOf(check).button]}
          </Button>
          <Button kind="main" isBusy={isBusy} onClick={onContinue}>
            {words.continue}
          </Button>
        </div>
      </div>
      <p className="sheet-small">{words[hintOf(application, isVouch)]}</p>
    </Sheet>
  )
}

function readyHeading(words: Words, check: CallerCheck): string {
  return check.question === null ? words[noticePage(check).heading] : words.reallyUs
}

function hintOf(application: string | null, isVouch: boolean) {
  if (application) return 'notAskedHint'
  return isVouch ? 'neverPassword' : 'notMeHint'
}

/** An agent who cannot read it out is not the agent of this check. */
function AgentsCode({ code, isVouch }: { code: string; isVouch: boolean }) {
  const words = useWords()
  return (
    <section className="agents-code" aria-label={words.agentsCode}>
      <p>{words.agentsCode}</p>
      <SpokenCode code={code} />
      <p className="sheet-small">{isVouch ? words.agentsCodeVouchHint : words.agentsCodeHint}</p>
    </section>
  )
}

function CheckRows({ check }: { check: CallerCheck }) {
  const words = useWords()
  const rows = noticePage(check).rows.map(({ name, value }) => [words[name], value])
  return (
    <dl className="sheet-rows">
      {[...rows, [words.until, shortTime(check.expiresAt)]].map(([name, value = '']) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{plain(value, 200)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The time of the day, in the language of the page. @param at epoch milliseconds. */
export function shortTime(at: number): string {
  return new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' })
}

/** On every further page of the caller: whom they do this for. */
export function CallerStrip({ check }: { check: CallerCheck }) {
  const words = useWords()
  const { action, ticket } = check
  const about = [action, ticket].flatMap((text) => (text ? [plain(text, 120)] : []))
  return (
    <header className="sheet-strip">
      <Icon name="shield" />
      <span>
        <Filled text={stripOf(words, check)} values={noticePage(check).values} />
        {about.length > 0 && (
          <small>
            <bdi>{about.join(' · ')}</bdi>
          </small>
        )}
      </span>
    </header>
  )
}

function stripOf(words: Words, { application, openedBy, question }: CallerCheck): string {
  if (application) return words.forApplication
  if (question === 'vouch') return words.forVouch
  return openedBy ? words.forAgent : words.forUnnamed
}
