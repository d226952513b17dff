import './preview.css'
import { IconShield } from '@tabler/icons-react'
import { type NoticeText, noticePage, noticeTexts } from '../../check-model/callers-notice.ts'
import { t, translateKnown } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import type { Purpose } from '../checks/start-check.ts'

type PreviewProps = {
  firstName: string | undefined
  organisation: string
  /** The agent's name as callers see it; null for agents who are not people of the realm. */
  agent: string | null
  purpose: Purpose
}

/** A preview of the caller's first page, from the same model. */
export function Preview({ firstName, organisation, agent, purpose }: PreviewProps) {
  const page = noticePage({
    ...{ organisation, openedBy: agent, application: null, question: 'whoCalled' },
    ...{ ...purpose, secondAgent: null, vouchFor: null, subject: null },
  })
  const values = Object.fromEntries(Object.entries(page.values).map(([name, text]) => [name, text ?? '']))
  const say = (word: NoticeText) => translateKnown(noticeTexts[word], values)
  return (
    <aside className="preview" aria-label={t('What the caller will see')}>
      <p className="over fine strong">
        {firstName === undefined ? (
          t('What the caller will see')
        ) : (
          <Translated text="What {name} will see" values={{ name: <bdi>{firstName}</bdi> }} />
        )}
      </p>
      <div className="phone">
        <p className="from row gap-2 strong">
          <IconShield size={16} stroke={1.75} aria-hidden />
          <bdi>{organisation}</bdi>
        </p>
        <p className="ask heading-2">{say(page.heading)}</p>
        <p className="by note">
          <bdi>{say(page.lede)}</bdi>
        </p>
        {page.rows.length > 0 && (
          <dl className="stack gap-2 text-note">
            {page.rows.map(({ name, value }) => (
              <div className="stack gap-2" key={name}>
                <dt className="muted">{say(name)}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <div className="both stack gap-2 text-center" aria-hidden="true">
          <span>{say(page.goOn)}</span>
          <span>{say(page.deny)}</span>
        </div>
      </div>
    </aside>
  )
}
