import './hand-over.css'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import { useOfferedChecks } from '../layout/queries.ts'
import { Link } from '../navigation/link.tsx'
import { TakeOver } from './take-over.tsx'

/** Checks that colleagues want to hand over, at the top of the list. */
export function OfferedChecks() {
  const offered = useOfferedChecks().data?.rows ?? []
  if (offered.length === 0) return null
  return (
    <section aria-labelledby="offered-to-you">
      <header className="row justify-between">
        <h2 className="fine strong" id="offered-to-you">
          {t('Offered to you')}
        </h2>
      </header>
      <ul>
        {offered.map(({ reference, subject, agent, offeredTo }) => (
          <li key={reference} className="offered row wrap gap-2 pad-2">
            <Link className="stack flexible shrink" to={{ page: 'check', reference }}>
              <bdi className="one-line strong">{subject ?? t('A caller')}</bdi>
              <span className="one-line note">
                {offeredTo?.name === null ? (
                  <Translated text="{agent}, to the team" values={{ agent: <bdi>{agent}</bdi> }} />
                ) : (
                  <bdi>{agent}</bdi>
                )}
              </span>
            </Link>
            <TakeOver reference={reference} name={subject ?? t('A caller')} size="xs" />
          </li>
        ))}
      </ul>
    </section>
  )
}
