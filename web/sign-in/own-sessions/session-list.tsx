import type { Session } from '../../api/sessions.ts'
import { Button } from '../components/button.tsx'
import { fill, type Texts } from '../translations/texts.tsx'
import { momentOf } from './moment.ts'

type ListProps = {
  sessions: readonly Session[]
  language: string
  texts: Texts['sessionsPage']
  /** @returns whether it succeeded. */
  end(handles: readonly string[]): Promise<boolean>
  onDone(text: string): void
}

/** All sessions of the person, the one of this page first. */
export function SessionList({ sessions, language, texts, end, onDone }: ListProps) {
  const others = sessions.filter(({ isOwn }) => !isOwn)
  const ordered = [...sessions.filter(({ isOwn }) => isOwn), ...others]
  const endAll = async (ended: readonly Session[], text: string) => {
    if (await end(ended.map(({ sessionHandle }) => sessionHandle))) onDone(text)
  }
  return (
    <section className="own-section" aria-labelledby="own-sessions">
      <h2 id="own-sessions">{texts.sessions}</h2>
      <ul className="own-list">
        {ordered.map((session) => (
          <SessionItem
            key={session.sessionHandle}
            {...{ session, language, texts }}
            onEnd={() => void endAll([session], texts.ended)}
          />
        ))}
      </ul>
      {others.length === 0 && <p className="sheet-small">{texts.noOthers}</p>}
      {others.length > 1 && (
        <Button onClick={() => void endAll(others, texts.endedOthers)}>{texts.endOthers}</Button>
      )}
    </section>
  )
}

type ItemProps = { session: Session; language: string; texts: Texts['sessionsPage']; onEnd(): void }

function SessionItem({ session, language, texts, onEnd }: ItemProps) {
  const { browser, address, createdTime, latestAccessTime, isOwn } = session
  const name = browser || texts.unknownBrowser
  const since = momentOf(createdTime, language)
  const details = [
    fill(texts.since, { time: since }),
    fill(texts.lastUsed, { time: momentOf(latestAccessTime, language) }),
  ]
  return (
    <li>
      <div className="own-about">
        <b>
          <bdi>{name}</bdi>
        </b>
        {isOwn && <span className="own-badge">{texts.thisSession}</span>}
        {details.map((detail) => (
          <small key={detail}>{detail}</small>
        ))}
        {address && (
          <small>
            {texts.address} <bdi dir="ltr">{address}</bdi>
          </small>
        )}
      </div>
      {!isOwn && (
        <Button kind="quiet" aria-label={fill(texts.endNamed, { name: `${name}, ${since}` })} onClick={onEnd}>
          {texts.end}
        </Button>
      )}
    </li>
  )
}
