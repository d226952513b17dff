import './preview.css'
import { IconShield } from '@tabler/icons-react'
import { type NoticeWord, noticePage, noticeWords } from '../../check-model/callers-notice.ts'
import type { Purpose } from '../live/start-check.ts'

type PreviewProps = {
  firstName: string | undefined
  organisation: string
  /** The agent's name as callers read it; null for an agent who is no person of the realm. */
  agent: string | null
  purpose: Purpose
}

/** What the caller reads first, made as the caller's page makes it. */
export function Preview({ firstName, organisation, agent, purpose }: PreviewProps) {
  const page = noticePage({
    ...{ organisation, openedBy: agent, application: null, question: 'whoCalled' },
    ...{ ...purpose, vouchFor: null, subject: null },
  })
  const say = (word: NoticeWord) =>
    noticeWords[word].replace(/\{(\w+)\}/g, (_place, name) => String(Object(page.values)[name] ?? ''))
  return (
    <aside className="preview" aria-label="What the caller will read">
      <p className="over">
        What <bdi>{firstName ?? 'the caller'}</bdi> will read
      </p>
      <div className="phone">
        <p className="from">
          <IconShield size={16} stroke={1.75} aria-hidden />
          <bdi>{organisation}</bdi>
        </p>
        <p className="ask">{say(page.heading)}</p>
        <p className="by">
          <bdi>{say(page.lede)}</bdi>
        </p>
        {page.rows.length > 0 && (
          <dl>
            {page.rows.map(({ name, value }) => (
              <div key={name}>
                <dt>{noticeWords[name]}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <div className="both" aria-hidden="true">
          <span>{say(page.goOn)}</span>
          <span>{say(page.deny)}</span>
        </div>
      </div>
    </aside>
  )
}
