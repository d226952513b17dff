import { useState } from 'react'
import * as z from 'zod/mini'
import { sendLink } from '../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import { useRealm } from '../navigation/navigation.ts'

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
})

const problems: Readonly<Record<string, string>> = {
  noSubject: 'This check asks nobody in particular, so there is no address to send to.',
  noMail: 'There is no email address on file.',
  changedLately:
    'The address on file was changed a short while ago, so nothing is sent to it. Give the link otherwise.',
  completed: 'The check is over.',
  noTemplate: 'The realm has no mail for this. Tell an administrator.',
  linkUnknown: 'The link is no longer known. Start again.',
}

/** Mails the link. Success shows in the timeline by itself. */
export function useSend(reference: string) {
  const realm = useRealm()
  const [isSending, setIsSending] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const send = async () => {
    setIsSending(true)
    setTrouble(undefined)
    try {
      await sendLink(realm, reference)
    } catch (error) {
      setTrouble(reasonOf(error))
    }
    setIsSending(false)
  }
  return { send, isSending, trouble }
}

function reasonOf(error: unknown): string {
  if (error instanceof OfflineError) return 'The server cannot be reached. Nothing may have been sent.'
  if (!(error instanceof ApiError)) return 'The mail could not be sent.'
  const { data } = z.safeParse(detailSchema, error.detail)
  if (error.code === 429)
    return `One mail a minute. Try again in ${Math.ceil(data?.retryAfterSeconds ?? 60)} s.`
  return problems[data?.problem ?? ''] ?? 'The mail could not be sent. Give the link otherwise.'
}
