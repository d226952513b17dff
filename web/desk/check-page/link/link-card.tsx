import { t } from '../../../translate/translate.ts'
import './link-card.css'
import { Button, Modal } from '@mantine/core'
import { IconCheck, IconQrcode } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { shortTime } from '../../../check-model/times.ts'
import { CopyField } from '../../../design/copy-field.tsx'
import { QrTile } from '../../../design/qr-tile.tsx'
import { copyLabels } from '../../components/copy-labels.ts'
import { shortcutKey } from '../../layout/shortcut-key.ts'
import { isShortcutBlocked, useShortcutSettings } from '../../layout/use-shortcuts.ts'
import type { CheckView } from '../use-check.ts'
import { SendByEmail } from './send-by-email.tsx'
import { SendByMessage } from './send-by-message.tsx'
import { ShortAddress } from './short-address.tsx'

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
          <span className="row gap-6px text-note medium ink-good">
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
      <div className="body stack gap-3">
        {link === undefined ? (
          <p className="note">
            {t(
              'Only the window that started this check can show the link. Send it by email, or read out a short address.',
            )}
          </p>
        ) : (
          <CopyField text={link} label={t('Link')} labels={copyLabels()} />
        )}
        <div className="acts wrap gap-2">
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

/** Shows the link as a large QR code, for callers who stand at the desk. */
function ShowLarge({ link }: { link: string }) {
  const [isLarge, setIsLarge] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconQrcode size={16} stroke={1.75} aria-hidden />}
        onClick={() => setIsLarge(true)}
      >
        {t('QR code')}
      </Button>
      <Modal opened={isLarge} onClose={() => setIsLarge(false)} title={t('Link for the caller')} size="lg">
        <div className="large-link stack gap-4">
          <QrTile text={link} label={t('QR code of the link')} />
          <p className="text-note mono breaks" dir="ltr">
            {link}
          </p>
        </div>
      </Modal>
    </>
  )
}

/** Milliseconds that "Link copied" is shown. */
const shownFor = 4_000

/** The shortcut `L`, which copies the link. @returns whether the link has just been copied. */
function useCopyKey(link: string | undefined): boolean {
  const [isCopied, setIsCopied] = useState(false)
  const { shortcutsEnabled } = useShortcutSettings()
  useEffect(() => {
    if (link === undefined || !shortcutsEnabled) return
    const press = async (event: KeyboardEvent) => {
      if (shortcutKey(event) !== 'l' || isShortcutBlocked(event)) return
      event.preventDefault()
      await navigator.clipboard.writeText(link)
      setIsCopied(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [link, shortcutsEnabled])
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), shownFor)
    return () => clearTimeout(timer)
  }, [isCopied])
  return isCopied
}
