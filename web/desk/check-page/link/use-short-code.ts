import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as z from 'zod/mini'
import { issueShortCode } from '../../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../../api/request.ts'
import { type Check, shortCodeUsedAt } from '../../../check-model/check.ts'
import { t } from '../../../translate/translate.ts'
import { useRealm } from '../../navigation/navigation.ts'

/** A code of this window. The server can't show it again. */
export type IssuedShortCode = {
  code: string
  /** Without the scheme, as it is read aloud. */
  spokenAddress: string
  /** The address with the code filled in. */
  link: string
  /** Epoch milliseconds, by the server's clock. */
  issuedAt: number
  expiresAt: number
}

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
})

/** Makes short codes. The newest stays while the window is open, also while it shows another check. */
export function useShortCode(reference: string, check: Check) {
  const realm = useRealm()
  const client = useQueryClient()
  const queryKey = ['short-code', realm, reference]
  const { data: issued } = useQuery<IssuedShortCode>({
    queryKey,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const [isIssuing, setIsIssuing] = useState(false)
  const [problem, setProblem] = useState<string>()
  const issue = async () => {
    setIsIssuing(true)
    setProblem(undefined)
    try {
      const { code, address, issuedAt, expiresAt } = await issueShortCode(realm, reference)
      client.setQueryData<IssuedShortCode>(queryKey, {
        code: code.replace('-', ''),
        spokenAddress: address.replace(/^https?:\/\//, ''),
        link: `${address}#${code}`,
        issuedAt,
        expiresAt,
      })
    } catch (error) {
      setProblem(reasonOf(error))
    }
    setIsIssuing(false)
  }
  return { issued, usedAt: issued && shortCodeUsedAt(check, issued.issuedAt), issue, isIssuing, problem }
}

function reasonOf(error: unknown): string {
  if (error instanceof OfflineError) return t('The server cannot be reached. Try again.')
  if (!(error instanceof ApiError)) return t('The code could not be made.')
  const { data } = z.safeParse(detailSchema, error.detail)
  if (error.code === 429)
    return t('Five codes per minute. Try again in {seconds} s.', {
      seconds: Math.ceil(data?.retryAfterSeconds ?? 60),
    })
  if (data?.problem === 'linkUnknown') return t('The link is no longer available. Start a new check.')
  if (data?.problem === 'completed' || error.code === 404) return t('The check has ended.')
  return t('The code could not be made. Share the link another way.')
}
