import { t } from '../../../translate/translate.ts'
import './link-card.css'
import { IconCheck } from '@tabler/icons-react'
import { shortTime } from '../../../check-model/times.ts'
import { CopyField } from '../../../design/copy-field.tsx'
import { copyLabels } from '../../components/copy-labels.ts'
import type { CheckView } from '../use-check.ts'
import { SendByEmail } from './send-by-email.tsx'
import { SendByMessage } from './send-by-message.tsx'
import { ShortAddress } from './short-address.tsx'
import { ShowLarge } from './show-large.tsx'
import { useCopyKey } from './use-copy-key.ts'

/** The link, and ways to share it with the caller: one component each. For the agent of the check. */
export function LinkCard(view: CheckView) {
  const { check, journey } = view
  // After a reload only this window has the link.
  const link = check.link ?? journey?.link
  const opened = check.events.find(({ kind }) => kind === 'opened')
  const isCopied = useCopyKey(link)
  return (
    <section className="card link-card" aria-label={t('Link')}>
      <header>
        <h2>{t('Link')}</h2>
        {isCopied ? (
          <span className="note copied">
            <IconCheck size={16} stroke={1.75} aria-hidden />
            {t('Link copied')}
          </span>
        ) : (
          <span className="note">
            {opened === undefined
              ? t('works until {time}', { time: shortTime(check.expiresAt) })
              : t('opened at {time}', { time: shortTime(opened.at) })}
          </span>
        )}
      </header>
      <div className="body">
        {link === undefined ? (
          <p className="note">
            {t(
              'Only the window that started this check can show the link. Send it by email, or read out a short address.',
            )}
          </p>
        ) : (
          <CopyField text={link} label={t('Link')} labels={copyLabels()} />
        )}
        <div className="acts">
          <SendByEmail {...view} />
          <SendByMessage {...view} channel="sms" />
          <SendByMessage {...view} channel="voice" />
          <ShortAddress {...view} hasLink={link !== undefined} />
          {link !== undefined && <ShowLarge link={link} />}
        </div>
        <span className="spoken" role="status">
          {isCopied ? t('Link copied') : ''}
        </span>
      </div>
    </section>
  )
}
