import * as z from 'zod/mini'
import { ApiError, OfflineError } from '../../api/request.ts'
import { t, translateKnown } from '../../translate/translate.ts'

const detailSchema = z.object({
  problem: z.string(),
  agent: z.optional(z.nullable(z.string())),
  answeredBy: z.optional(z.nullable(z.string())),
})

/** What went wrong with a request, in the page's language. Refusals that the pages don't know stay in the server's words. */
export function problemText(error: unknown): string {
  if (error instanceof OfflineError) return t('The server cannot be reached. Try again.')
  if (!(error instanceof ApiError)) return t('The server sent an unexpected answer.')
  return namedRefusal(error.detail) ?? translateKnown(error.message)
}

/** The refusals that name a colleague. */
function namedRefusal(detail: unknown): string | undefined {
  const { data } = z.safeParse(detailSchema, detail)
  if (data?.problem === 'takenOver' && data.agent) {
    return t('{agent} took this check over.', { agent: data.agent })
  }
  if (data?.problem === 'approved' && data.answeredBy) {
    return t('{name} has approved this request already.', { name: data.answeredBy })
  }
  if (data?.problem === 'declined' && data.answeredBy) {
    return t('{name} has declined this request already.', { name: data.answeredBy })
  }
  return undefined
}
