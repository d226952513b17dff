import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { dateAndTime } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { recordOf, recordText } from './record.ts'
import type { CheckView } from './use-check.ts'

/** The record of an ended check, ready to paste into a ticket. */
export function RecordCard(view: CheckView) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(recordText(view))
    setIsCopied(true)
  }
  return (
    <section className="card record-card" aria-label={t('Record')}>
      <header>
        <h2>{t('Record')}</h2>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />}
          onClick={copy}
        >
          {isCopied ? t('Copied') : t('Copy for ticket')}
        </Button>
      </header>
      <dl className="stack gap-2 pad-4 text-note">
        {recordOf(view, dateAndTime).map(([name, text]) => (
          <div className="flex justify-between gap-4" key={name}>
            <dt className="rigid muted">{name}</dt>
            <dd className="shrink medium breaks text-end">
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
