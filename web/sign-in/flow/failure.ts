import * as z from 'zod/mini'
import type { JourneyResponse } from '../../api/authenticate.ts'
import { webUrl } from './urls.ts'

export type Failure = Extract<JourneyResponse, { kind: 'failure' }>

const detailSchema = z.object({
  errorCode: z.optional(z.coerce.string()),
  failureUrl: z.optional(z.string()),
})

function detailOf({ detail }: Failure): z.infer<typeof detailSchema> {
  const read = z.safeParse(detailSchema, detail)
  return read.success ? read.data : {}
}

/** Whether the journey has timed out. */
export function isExpired(failure: Failure): boolean {
  return detailOf(failure).errorCode === '110'
}

/** Whether another window, or an earlier request of this one, has answered the step. */
export function isAnsweredBefore({ code, message }: Failure): boolean {
  return code === 401 && message.startsWith('This step was answered before')
}

/** The journey's failure URL. The server has validated it. */
export function failureUrlOf(failure: Failure): string | undefined {
  return webUrl(detailOf(failure).failureUrl ?? '')?.href
}
