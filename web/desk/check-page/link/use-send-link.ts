import { useState } from 'react'
import * as z from 'zod/mini'
import { type LinkChannel, sendLink } from '../../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../../api/request.ts'
import { t } from '../../../translate/translate.ts'
import type { Text } from '../../../translate/translation.ts'
import { useRealm } from '../../navigation/navigation.ts'

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
})

const problems: Readonly<Record<string, Text>> = {
  noSubject: 'This check has no subject, so there is no address to send the link to.',
  noMail: 'There is no email address on file.',
  noNumber: 'There is no telephone number on file that can be used.',
  noGateway: 'The realm has no service for this. Tell an administrator.',
  changedLately: 'It was changed recently, so nothing is sent there. Share the link another way.',
  completed: 'The check has ended.',
  noTemplate: 'The realm has no template for the link. Tell an administrator.',
  linkUnknown: 'The link is no longer available. Start a new check.',
}

/** Sends the link. The timeline shows the progress. */
export function useSendLink(reference: string, channel: LinkChannel) {
  const realm = useRealm()
  const [isSending, setIsSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const send = async () => {
    setIsSending(true)
    setProblem(undefined)
    try {
      await sendLink(realm, reference, channel)
    } catch (error) {
      setProblem(reasonOf(error, channel))
    }
    setIsSending(false)
  }
  return { send, isSending, problem }
}

/** Sentences about each kind of message. */
const channelTexts = {
  email: {
    unknown: 'The server cannot be reached. The email may not have been sent.',
    failed: 'The email could not be sent.',
    tooEarly: 'One email per minute. Try again in {seconds} s.',
    otherWay: 'The email could not be sent. Share the link another way.',
  },
  sms: {
    unknown: 'The server cannot be reached. The text message may not have been sent.',
    failed: 'The text message could not be sent.',
    tooEarly: 'One text message per minute. Try again in {seconds} s.',
    otherWay: 'The text message could not be sent. Share the link another way.',
  },
  voice: {
    unknown: 'The server cannot be reached. The call may not have been made.',
    failed: 'The call could not be made.',
    tooEarly: 'One call per minute. Try again in {seconds} s.',
    otherWay: 'The call could not be made. Share the link another way.',
  },
} as const satisfies Readonly<Record<LinkChannel, Readonly<Record<string, Text>>>>

function reasonOf(error: unknown, channel: LinkChannel): string {
  const texts = channelTexts[channel]
  if (error instanceof OfflineError) return t(texts.unknown)
  if (!(error instanceof ApiError)) return t(texts.failed)
  const { data } = z.safeParse(detailSchema, error.detail)
  const seconds = Math.ceil(data?.retryAfterSeconds ?? 60)
  if (data?.problem?.startsWith('tooMany'))
    return t('This person got too many links. Try again in {minutes} min, or share the link another way.', {
      minutes: Math.ceil(seconds / 60),
    })
  if (error.code === 429) return t(texts.tooEarly, { seconds })
  return t(problems[data?.problem ?? ''] ?? texts.otherWay)
}
