import { pageLanguage, t } from '../../../translate/translate.ts'
import { Translated } from '../../../translate/translated.tsx'
import './short-address.css'
import { Button } from '@mantine/core'
import { IconVolume } from '@tabler/icons-react'
import { linkMail, linkMessage } from '../../../check-model/check.ts'
import { shortTime } from '../../../check-model/times.ts'
import { CopyField } from '../../../design/copy-field.tsx'
import { QrTile } from '../../../design/qr-tile.tsx'
import { spellOut } from '../../../design/read-aloud.ts'
import { SpokenCode } from '../../../design/spoken-code.tsx'
import { copyLabels } from '../../components/copy-labels.ts'
import type { CheckView } from '../use-check.ts'
import { type IssuedShortCode, useShortCode } from './use-short-code.ts'

/** A short address and a code to read aloud, for callers who have no mail at hand. */
export function ShortAddress({ reference, check, hasLink }: CheckView & { hasLink: boolean }) {
  const { issued, usedAt, issue, isIssuing, problem } = useShortCode(reference, check)
  return (
    <>
      <Button
        variant={hasFailedDelivery(check) ? 'filled' : 'default'}
        leftSection={<IconVolume size={16} stroke={1.75} aria-hidden />}
        loading={isIssuing}
        onClick={issue}
      >
        {issued === undefined ? t('Read out a short address') : t('New code')}
      </Button>
      {problem !== undefined && (
        <p className="note about" role="alert">
          {problem}
        </p>
      )}
      {issued !== undefined && <Issued {...issued} usedAt={usedAt} hasLink={hasLink} />}
    </>
  )
}

/** Whether the caller got no message, so that the address has to be read out. */
function hasFailedDelivery(check: CheckView['check']): boolean {
  return [linkMail(check), linkMessage(check, 'sms'), linkMessage(check, 'voice')].some(
    (sent) => sent?.state === 'failed',
  )
}

type IssuedProps = IssuedShortCode & { usedAt: number | undefined; hasLink: boolean }

function Issued({ code, spokenAddress, link, expiresAt, usedAt, hasLink }: IssuedProps) {
  const isUsed = usedAt !== undefined
  return (
    <section
      className="short-address about stack gap-2"
      aria-label={t('Short address')}
      data-unsaved={!isUsed || undefined}
    >
      <h3 className="text-note medium">
        {isUsed ? t('Used at {time}', { time: shortTime(usedAt) }) : t('Read this address first')}
      </h3>
      {!isUsed && (
        <p>
          <Translated
            text="Go to {address} and type:"
            values={{
              address: (
                <b className="address strong mono breaks" dir="ltr">
                  {spokenAddress}
                </b>
              ),
            }}
          />
        </p>
      )}
      <SpokenCode code={code} isSpent={isUsed} language={pageLanguage()} />
      <p className="note" role="status">
        {isUsed
          ? t('The code no longer works. Make a new one if the caller needs another browser.')
          : t('{code}. Works once, until {time}.', {
              code: spellOut(code, pageLanguage()),
              time: shortTime(expiresAt),
            })}
      </p>
      {!isUsed && <CopyField text={link} label={t('Short link')} labels={copyLabels()} />}
      {!isUsed && !hasLink && <QrTile text={link} label={t('QR code of the short link')} />}
    </section>
  )
}
