import * as z from 'zod/mini'
import type { OfferedCheck } from '../../api/help-desk.ts'
import { shortTime } from '../../check-model/times.ts'

/** Why there is no check: what is the matter, and what the agent can do. */
export type NoCheck = { title: string; reason: string }

export type FailedStart = { code: number; message: string; detail?: unknown }

const detailSchema = z.object({
  problem: z.optional(z.string()),
  retryAfterSeconds: z._default(z.number(), 60),
})

const refusals: Readonly<Record<string, string>> = {
  self: 'You can’t verify yourself. Ask a colleague.',
  paused: 'The caller of the last check said that it was not them. Treat this call as an attack.',
  notOffered: 'The realm does not offer this check.',
  unknownAction: 'The realm does not list this action.',
  needsSecondAgent: 'This account is privileged. Use a check in which a second agent approves.',
  agentVouches: 'The manager on file is a help-desk agent, and agents can’t vouch. Use another way.',
  sessionEnded: 'Your session has ended. Sign in again and start the check anew.',
}

/** @param now epoch milliseconds. */
export function noCheckOf(failed: FailedStart, check: OfferedCheck, name: string, now: number): NoCheck {
  const { data } = z.safeParse(detailSchema, failed.detail)
  const later = shortTime(now + (data?.retryAfterSeconds ?? 60) * 1000)
  switch (data?.problem) {
    case 'tooManyByAgent':
      return {
        title: `You have begun many checks. The next one can begin at ${later}.`,
        reason: 'If it was not you who began them, tell your lead at once.',
      }
    case 'tooManyOfPerson':
      return {
        title: `Too many checks of ${name}. The next one can begin at ${later}.`,
        reason:
          'Somebody who calls again and again may not be who they say. Ask your lead if it cannot wait.',
      }
    default:
      return {
        title: 'No check was started.',
        reason: refusals[data?.problem ?? ''] ?? reasonOf(failed, check, name),
      }
  }
}

function reasonOf({ code, message }: FailedStart, { title, takesMail }: OfferedCheck, name: string): string {
  if (code === 401 && /login failure/i.test(message)) {
    const by = takesMail ? 'mail address' : 'user name'
    return `“${title}” did not find ${name} by the ${by}.`
  }
  if (code === 200) return `“${title}” ended without making a link.`
  // Any other words of a refusal are the journey's own, for the agent.
  if (code === 401) return message
  if (code === 400 || code === 404)
    return `“${title}” can’t be started: ${message} Pick another check, or ask an administrator.`
  return message
}
