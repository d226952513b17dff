import { TextInput } from '@mantine/core'
import { t } from '../../translate/translate.ts'

type MoreProps = {
  ticket: string
  reason: string
  onChange(changes: { ticket: string } | { reason: string }): void
}

/** Ticket and reason, which the caller's page shows. */
export function MoreFields({ ticket, reason, onChange }: MoreProps) {
  return (
    <div className="two" data-part="ticket">
      <TextInput
        label={t('Ticket')}
        maxLength={64}
        value={ticket}
        onChange={(event) => onChange({ ticket: event.currentTarget.value })}
      />
      <TextInput
        label={t('Reason (optional)')}
        description={t('Shown to the caller')}
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={200}
        value={reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
    </div>
  )
}
