import { useState } from 'react'
import * as z from 'zod/mini'
import { type LinkChannel, sendLink } from '../../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../../api/request.ts'
import { useRealm } from '../../navigation/navigation.ts'

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
})

const problems: Readonly<Record<string, string>> = {
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
      setProblem(reasonOf(error, things[channel]))
    }
    setIsSending(false)
  }
  return { send, isSending, problem }
}

const things: Readonly<Record<LinkChannel, string>> = {
  email: 'email',
  sms: 'text message',
  voice: 'call',
}

function reasonOf(error: unknown, thing: string): string {
  if (error instanceof OfflineError)
    return `The server cannot be reached. The ${thing} may not have been sent.`
  if (!(error instanceof ApiError)) return `The ${thing} could not be sent.`
  const { data } = z.safeParse(detailSchema, error.detail)
  const seconds = Math.ceil(data?.retryAfterSeconds ?? 60)
  if (data?.problem?.startsWith('tooMany'))
    return `This person got too many links. Try again in ${Math.ceil(seconds / 60)} min, or share the link another way.`
  if (error.code === 429) return `One ${thing} per minute. Try again in ${seconds} s.`
  return problems[data?.problem ?? ''] ?? `The ${thing} could not be sent. Share the link another way.`
}
