import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { type LinkMail, linkMail } from '../../../check-model/check.ts'
import { shortTime } from '../../../check-model/times.ts'
import { useHelpDesk } from '../../layout/queries.ts'
import type { CheckView } from '../use-check.ts'
import { useSendLink } from './use-send-link.ts'

/** Emails go only to the address on file. */
export function SendByEmail({ reference, check, person, standing }: CheckView) {
  const { canMail } = useHelpDesk()
  const { send, isSending, problem } = useSendLink(reference, 'email')
  const email = linkMail(check)
  if (!canMail) {
    return <p className="note about">This server is not set up to send email. Share the link another way.</p>
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
        {email === undefined ? 'Send by email' : 'Send again'}
      </Button>
      <p className="note about" role="status">
        {problem ?? (email === undefined ? addressNote(person?.mail) : emailNote(email))}
      </p>
    </>
  )
}

function addressNote(address = 'the address on file'): string {
  return `Goes to ${address}. You can’t change the address here.`
}

function emailNote({ to = 'the address on file', at, state }: LinkMail): string {
  switch (state) {
    case 'queued':
      return `Queued for ${to} at ${shortTime(at)}. Not sent yet.`
    case 'delivered':
      return `Sent to ${to} at ${shortTime(at)}.`
    case 'failed':
      return `The email to ${to} could not be sent. Share the link another way.`
  }
}
