import './caller.css'
import { Code } from '../../look/code.tsx'
import type { Check } from '../../wire/caller.ts'
import { Icon } from '../icon.tsx'
import { Button } from '../parts/button.tsx'
import { NoticeBox } from '../parts/notice.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { plain } from '../said/plain.ts'
import type { Words } from '../words/en.ts'
import { Filled } from '../words/filled.tsx'
import { useWords } from '../words/words.tsx'

type CallerProps = { check: Check; isBegun: boolean; isBusy: boolean; onContinue(): void; onNotMe(): void }

/** The first page of a caller: who asks, and for what. Nothing has happened yet. */
export function CallerPage({ check, isBegun, isBusy, onContinue, onNotMe }: CallerProps) {
  const words = useWords()
  const { application, openedBy, organisation, state } = check
  const isOpened = state === 'IN_PROGRESS'
  return (
    <Sheet
      heading={
        application ? <Filled text={words.applicationAsks} values={{ application }} /> : words.onThePhone
      }
      lede={<Filled text={ledeOf(words, check)} values={{ agent: openedBy, application, organisation }} />}
    >
      <CheckRows check={check} />
      {check.reverseCode && <AgentsCode code={check.reverseCode} />}
      {isOpened && <NoticeBox tone="warn">{isBegun ? words.begunBefore : words.openElsewhere}</NoticeBox>}
      <div className="sheet-sticky">
        <div className="sheet-equal">
          <Button kind="deny" isBusy={isBusy} onClick={onNotMe}>
            {words.notMe}
          </Button>
          <Button kind="main" isBusy={isBusy} onClick={onContinue}>
            {words.continue}
          </Button>
        </div>
      </div>
      <p className="sheet-small">{application ? words.notAskedHint : words.notMeHint}</p>
    </Sheet>
  )
}

function ledeOf(words: Words, { application, openedBy }: Check): string {
  if (application) return words.askedForApplication
  return openedBy ? words.asks : words.asksUnnamed
}

/** Who cannot read it out is not the agent of this check. */
function AgentsCode({ code }: { code: string }) {
  const words = useWords()
  return (
    <section className="agents-code" aria-label={words.agentsCode}>
      <p>{words.agentsCode}</p>
      <Code code={code} />
      <p className="sheet-small">{words.agentsCodeHint}</p>
    </section>
  )
}

function CheckRows({ check }: { check: Check }) {
  const words = useWords()
  const until = new Date(check.expiresAt).toLocaleTimeString(document.documentElement.lang, {
    timeStyle: 'short',
  })
  const rows: [string, string | null][] = [
    [words.askedFor, check.action],
    [words.person, check.subject],
    [words.reason, check.reason],
    [words.ticket, check.ticket],
    [words.until, until],
  ]
  return (
    <dl className="sheet-rows">
      {rows.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{plain(value, 200)}</bdi>
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

/** On every further page of the caller: whom they do this for. */
export function CallerStrip({ check }: { check: Check }) {
  const words = useWords()
  const { action, application, openedBy, organisation, ticket } = check
  const about = [action, ticket].flatMap((text) => (text ? [plain(text, 120)] : []))
  return (
    <header className="sheet-strip">
      <Icon name="shield" />
      <span>
        <Filled text={stripOf(words, check)} values={{ agent: openedBy, application, organisation }} />
        {about.length > 0 && (
          <small>
            <bdi>{about.join(' · ')}</bdi>
          </small>
        )}
      </span>
    </header>
  )
}

function stripOf(words: Words, { application, openedBy }: Check): string {
  if (application) return words.forApplication
  return openedBy ? words.forAgent : words.forUnnamed
}

/** The way out, on every further page of the caller. */
export function NotMeButton({ onNotMe }: { onNotMe(): void }) {
  const words = useWords()
  return (
    <Button kind="deny" onClick={onNotMe}>
      <Icon name="hand" />
      {words.notMe}
    </Button>
  )
}
