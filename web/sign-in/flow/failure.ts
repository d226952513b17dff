import * as z from 'zod/mini'
import type { JourneyResponse } from '../../api/authenticate.ts'
import { webAddress } from './landing-page.ts'

export type Failure = Extract<JourneyResponse, { kind: 'failure' }>

const detailSchema = z.object({
  errorCode: z.optional(z.coerce.string()),
  failureUrl: z.optional(z.string()),
})

function detailOf({ detail }: Failure): z.infer<typeof detailSchema> {
  const read = z.safeParse(detailSchema, detail)
  return read.success ? read.data : {}
}

/** The time of the journey is over. */
export function isExpired(failure: Failure): boolean {
  return detailOf(failure).errorCode === '110'
}

/** Another window, or an earlier request of this one, has answered the step. */
export function isAnsweredBefore({ code, message }: Failure): boolean {
  return code === 401 && message.startsWith('This step was answered before')
}

/** Where a journey sends people whom it refuses. The server has checked it. */
export function failureUrlOf(failure: Failure): string | undefined {
  return webAddress(detailOf(failure).failureUrl ?? '')?.href
}
