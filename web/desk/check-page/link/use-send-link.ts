import { useState } from 'react'
import * as z from 'zod/mini'
import { sendLink } from '../../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../../api/request.ts'
import { useRealm } from '../../navigation/navigation.ts'

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
})

const problems: Readonly<Record<string, string>> = {
  noSubject: 'This check has no subject, so there is no address to send the link to.',
  noMail: 'There is no email address on file.',
  changedLately:
    'The address on file was changed recently, so no email is sent to it. Share the link another way.',
  completed: 'The check has ended.',
  noTemplate: 'The realm has no email template for the link. Tell an administrator.',
  linkUnknown: 'The link is no longer available. Start a new check.',
}

/** Emails the link. The timeline shows the progress. */
export function useSendLink(reference: string) {
  const realm = useRealm()
  const [isSending, setIsSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const send = async () => {
    setIsSending(true)
    setProblem(undefined)
    try {
      await sendLink(realm, reference)
    } catch (error) {
      setProblem(reasonOf(error))
    }
    setIsSending(false)
  }
  return { send, isSending, problem }
}

function reasonOf(error: unknown): string {
  if (error instanceof OfflineError) return 'The server cannot be reached. The email may not have been sent.'
  if (!(error instanceof ApiError)) return 'The email could not be sent.'
  const { data } = z.safeParse(detailSchema, error.detail)
  if (error.code === 429)
    return `One email per minute. Try again in ${Math.ceil(data?.retryAfterSeconds ?? 60)} s.`
  return problems[data?.problem ?? ''] ?? 'The email could not be sent. Share the link another way.'
}
