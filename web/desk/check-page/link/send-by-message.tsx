import { Button } from '@mantine/core'
import { IconMessage, IconPhone } from '@tabler/icons-react'
import { type LinkMessage, linkMessage, type MessageChannel } from '../../../check-model/check.ts'
import { shortTime } from '../../../check-model/times.ts'
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
        {message === undefined ? label : again}
      </Button>
      <p className="note about" role="status" hidden={note === undefined}>
        {note}
      </p>
    </>
  )
}

function noteOn({ to = 'the number on file', at, state }: LinkMessage, channel: MessageChannel): string {
  const time = shortTime(at)
  const isCall = channel === 'voice'
  switch (state) {
    case 'queued':
      return `${isCall ? 'Call' : 'Text message'} to ${to} queued at ${time}. Not sent yet.`
    case 'sent':
      return isCall
        ? `Calling ${to} since ${time}.`
        : `Text message to ${to} sent at ${time}. Not delivered yet.`
    case 'delivered':
      return isCall
        ? `The call to ${to} was answered at ${time}, perhaps by voicemail.`
        : `Text message to ${to} delivered at ${time}.`
    case 'failed':
      return `The ${isCall ? 'call' : 'text message'} to ${to} failed. Share the link another way.`
  }
}
