import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { ApiError, OfflineError } from '../../api/request.ts'
import { readShortCode, redeemShortCode } from '../../api/short-codes.ts'
import { fill, type Texts } from '../translations/texts.tsx'

/** What keeps a code from leading on. `kind` names a text of the page. */
export type Problem = {
  kind: 'empty' | 'length' | 'character' | 'script' | 'unknown' | 'blocked' | 'paused' | 'offline' | 'failed'
  values?: Readonly<Record<string, unknown>>
}

export type Phase = 'typing' | 'checking' | 'opening'

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
})

/** Exchanges the code for its link and opens that. @param locale for the next page, if the person chose one. */
export function useRedemption(locale: string | undefined) {
  const [phase, setPhase] = useState<Phase>('typing')
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    // Back on this page, the code is used up. It can be corrected or replaced.
    const show = ({ persisted }: PageTransitionEvent) => persisted && setPhase('typing')
    const reconnect = () => setProblem((before) => (before?.kind === 'offline' ? undefined : before))
    addEventListener('pageshow', show)
    addEventListener('online', reconnect)
    return () => {
      removeEventListener('pageshow', show)
      removeEventListener('online', reconnect)
    }
  }, [])

  const redeem = async (typed: string) => {
    if (phase !== 'typing') return
    const wrong = problemOfText(typed)
    setProblem(wrong)
    if (wrong !== undefined) return
    setPhase('checking')
    try {
      const link = await redeemShortCode(typed)
      setPhase('opening')
      location.replace(withLocale(link, locale))
    } catch (error) {
      setProblem(problemOf(error))
      setPhase('typing')
    }
  }
  return { phase, problem, redeem, forget: () => setProblem(undefined) }
}

export function textOf({ kind, values = {} }: Problem, texts: Texts['shortCode']): string {
  return fill(texts[kind], values)
}

function problemOfText(typed: string): Problem | undefined {
  if (typed.trim() === '') return { kind: 'empty' }
  const read = readShortCode(typed)
  if (!('problem' in read)) return undefined
  return read.problem === 'character'
    ? { kind: 'character', values: { character: read.character } }
    : { kind: read.problem }
}

function problemOf(error: unknown): Problem {
  if (error instanceof OfflineError) return { kind: 'offline' }
  if (!(error instanceof ApiError)) return { kind: 'failed' }
  if (error.code === 404) return { kind: 'unknown' }
  if (error.code !== 429) return { kind: 'failed' }
  const { data } = z.safeParse(detailSchema, error.detail)
  const minutes = Math.max(1, Math.ceil((data?.retryAfterSeconds ?? 60) / 60))
  return { kind: data?.problem === 'shortCodesPaused' ? 'paused' : 'blocked', values: { minutes } }
}

/** The next page may be on another host, which doesn't know the chosen language. */
function withLocale(link: string, locale: string | undefined): string {
  const url = new URL(link, location.href)
  if (locale !== undefined && url.pathname.endsWith('/XUI/')) url.searchParams.set('locale', locale)
  return url.href
}
