import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMessage, IconPhone } from '@tabler/icons-react'
import { type LinkMessage, linkMessage, type MessageChannel } from '../../../check-model/check.ts'
import { shortTime } from '../../../check-model/times.ts'
import { t } from '../../../translate/translate.ts'
import { useHelpDesk } from '../../layout/queries.ts'
import type { CheckView } from '../use-check.ts'
import { useSendLink } from './use-send-link.ts'

const texts = {
  sms: { label: 'Send text message', again: 'Text again', Icon: IconMessage },
  voice: { label: 'Call', again: 'Call again', Icon: IconPhone },
} as const

/** Text messages and calls go only to the number on file. Only in realms with a gateway for them. */
export function SendByMessage({
  reference,
  check,
  person,
  channel,
}: CheckView & { channel: MessageChannel }) {
  const { channels } = useHelpDesk()
  const { send, isSending, problem } = useSendLink(reference, channel)
  const message = linkMessage(check, channel)
  if (!channels.includes(channel) || person?.hasNumber === false) return null
  const { label, again, Icon } = texts[channel]
  const note = problem ?? (message && noteOn(message, channel))
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
        loading={isSending}
        onClick={send}
      >
        {t(message === undefined ? label : again)}
      </Button>
      <p
        className={message?.state === 'failed' ? 'about flex gap-2 text-note ink-bad medium' : 'note about'}
        role="status"
        hidden={note === undefined}
      >
        {message?.state === 'failed' && <IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
        {note}
      </p>
    </>
  )
}

function noteOn({ to, at, state }: LinkMessage, channel: MessageChannel): string {
  const values = { number: to ?? t('the number on file'), time: shortTime(at) }
  const isCall = channel === 'voice'
  switch (state) {
    case 'queued':
      return isCall
        ? t('Call to {number} queued at {time}. Not sent yet.', values)
        : t('Text message to {number} queued at {time}. Not sent yet.', values)
    case 'sent':
      return isCall
        ? t('Calling {number} since {time}.', values)
        : t('Text message to {number} sent at {time}. Not delivered yet.', values)
    case 'delivered':
      return isCall
        ? t('The call to {number} was answered at {time}, perhaps by voicemail.', values)
        : t('Text message to {number} delivered at {time}.', values)
    case 'failed':
      return isCall
        ? t('The call to {number} failed. Share the link another way.', values)
        : t('The text message to {number} failed. Share the link another way.', values)
  }
}
