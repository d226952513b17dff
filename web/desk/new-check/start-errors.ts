import * as z from 'zod/mini'
import type { OfferedCheck } from '../../api/help-desk.ts'
import { shortTime } from '../../check-model/times.ts'
import { t, translateKnown } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { pauseText } from '../person/recent-texts.ts'

/** The reason why a check did not start, and what the agent can do. */
export type StartError = { title: string; reason: string }

export type FailedStart = { code: number; message: string; detail?: unknown }

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z._default(z.number(), 60),
  kind: z.optional(z.string()),
  reportedAt: z.optional(z.number()),
})

const refusals: Readonly<Record<string, Text>> = {
  self: 'You can’t verify yourself. Ask a colleague.',
  notOffered: 'This check is not available.',
  unknownAction: 'This request is not available.',
  noSecondAgent: 'No other agent can approve this check now. Ask your lead.',
  needsSecondAgent: 'A second agent has to approve this. Use a check in which one does.',
  tooWeak: 'This check is not enough for this request and person. Use a stronger one.',
  agentVouches: 'The manager on file is a help-desk agent, and agents can’t vouch. Use another way.',
  sessionEnded: 'Your session has ended. Sign in again, then start the check.',
}

/** @param now epoch milliseconds. */
export function startError(failed: FailedStart, check: OfferedCheck, name: string, now: number): StartError {
  const { data } = z.safeParse(detailSchema, failed.detail)
  const time = shortTime(now + (data?.retryAfterSeconds ?? 60) * 1000)
  const refusal = refusals[data?.problem ?? '']
  switch (data?.problem) {
    case 'tooManyByAgent':
      return {
        title: t('You have started many checks. You can start the next one at {time}.', { time }),
        reason: t('If you did not start them, tell your lead immediately.'),
      }
    case 'tooManyApprovals':
      return {
        title: t('You have asked for many approvals. You can ask for the next one at {time}.', { time }),
        reason: t('If you did not ask for them, tell your lead immediately.'),
      }
    case 'tooManyOfPerson':
      return {
        title: t('Too many checks of {name}. You can start the next one at {time}.', { name, time }),
        reason: t('A caller who keeps trying may not be who they say. If it can’t wait, ask your lead.'),
      }
    case 'paused':
      return { title: t('The check was not started.'), reason: pauseText(data, name) }
    default:
      return {
        title: t('The check was not started.'),
        reason: refusal === undefined ? reasonOf(failed, check, name) : t(refusal),
      }
  }
}

function reasonOf({ code, message }: FailedStart, { title, takesMail }: OfferedCheck, name: string): string {
  if (code === 401 && /login failure/i.test(message)) {
    return takesMail
      ? t('“{title}” did not find {name} by email address.', { title, name })
      : t('“{title}” did not find {name} by username.', { title, name })
  }
  if (code === 200) return t('“{title}” ended without creating a link.', { title })
  // Any other message of a 401 comes from the journey and is meant for the agent.
  if (code === 401) return translateKnown(message)
  if (code === 400 || code === 404)
    return t('“{title}” can’t be started: {message} Pick another check, or ask an administrator.', {
      title,
      message: translateKnown(message),
    })
  return translateKnown(message)
}
