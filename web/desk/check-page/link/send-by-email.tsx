import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMail } from '@tabler/icons-react'
import { type LinkMail, linkMail } from '../../../check-model/check.ts'
import { shortTime } from '../../../check-model/times.ts'
import { t } from '../../../translate/translate.ts'
import { useHelpDesk } from '../../layout/queries.ts'
import type { CheckView } from '../use-check.ts'
import { useSendLink } from './use-send-link.ts'

/** Emails go only to the address on file. */
export function SendByEmail({ reference, check, person, standing }: CheckView) {
  const { canMail } = useHelpDesk()
  const { send, isSending, problem } = useSendLink(reference, 'email')
  const email = linkMail(check)
  if (!canMail) {
    return (
      <p className="note about">
        {t('This server is not set up to send email. Share the link another way.')}
      </p>
    )
  }
  const isFirst = email === undefined && standing === 'created'
  return (
    <>
      <Button
        variant={isFirst ? 'filled' : 'default'}
        leftSection={<IconMail size={16} stroke={1.75} aria-hidden />}
        loading={isSending}
        onClick={send}
      >
        {email === undefined ? t('Send by email') : t('Send again')}
      </Button>
      <p
        className={email?.state === 'failed' ? 'about flex gap-2 text-note ink-bad medium' : 'note about'}
        role="status"
      >
        {email?.state === 'failed' && <IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
        {problem ?? (email === undefined ? addressNote(person?.mail) : emailNote(email))}
      </p>
    </>
  )
}

function addressNote(address: string | undefined): string {
  return address === undefined
    ? t('Goes to the address on file. You can’t change the address here.')
    : t('Goes to {address}. You can’t change the address here.', { address })
}

function emailNote({ to, at, state }: LinkMail): string {
  const address = to ?? t('the address on file')
  const time = shortTime(at)
  switch (state) {
    case 'queued':
      return t('Queued for {address} at {time}. Not sent yet.', { address, time })
    case 'delivered':
      return t('Sent to {address} at {time}.', { address, time })
    case 'failed':
      return t('The email to {address} could not be sent. Share the link another way.', { address })
  }
}
