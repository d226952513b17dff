import { z } from 'zod'
import { type JsonPage, pageSchema } from './page.ts'

/** What a client shows after a request. */
export type Shown =
  | { kind: 'page'; page: JsonPage }
  | { kind: 'success'; successUrl: string | undefined; realm: string | undefined; token: string | undefined }
  | { kind: 'failure'; message: string; code: number }

const successSchema = z.object({
  tokenId: z.string().optional(),
  successUrl: z.string().optional(),
  realm: z.string().optional(),
})
const failureSchema = z.object({ message: z.string().default(''), code: z.number().default(0) })

/** @param json the body of the response. */
export function shownIn(status: number, json: unknown): Shown {
  const page = pageSchema.safeParse(json)
  if (status === 200 && page.success) return { kind: 'page', page: page.data as JsonPage }
  if (status !== 200) return { kind: 'failure', ...failureSchema.parse(json) }
  const { successUrl, realm, tokenId: token } = successSchema.parse(json)
  return { kind: 'success', successUrl, realm, token }
}
