import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Step } from '../../wire/journey.ts'
import { OfflineError } from '../../wire/request.ts'
import { nameOf } from '../check/names.ts'
import { recentQuery } from '../frame/offer.ts'
import { goOn, type Started, type Starting, startCheck } from '../live/start-check.ts'
import { useGo } from '../places/going.ts'

/** How far a start has come. */
export type StartState =
  | { kind: 'ready' }
  | { kind: 'starting' }
  | { kind: 'asks'; step: Step; starting: Starting }
  | { kind: 'failed'; reason: string }

/** Starts a check and opens its page; or says why there is none. */
export function useStart() {
  const [state, setState] = useState<StartState>({ kind: 'ready' })
  const go = useGo()
  const queries = useQueryClient()
  const take = async (starting: Starting, act: () => Promise<Started>) => {
    setState({ kind: 'starting' })
    try {
      const started = await act()
      if (started.kind === 'asks') return setState({ ...started, starting })
      if (started.kind === 'failed') {
        return setState({ kind: 'failed', reason: reasonOf(started, starting) })
      }
      const { realm } = starting
      queries.invalidateQueries(recentQuery(realm))
      go({ page: 'check', reference: started.reference })
    } catch (error) {
      const reason =
        error instanceof OfflineError
          ? 'The server cannot be reached. Nothing was started; press Start check once more.'
          : 'The answer of the server was not understood.'
      setState({ kind: 'failed', reason })
    }
  }
  return {
    state,
    start: (starting: Starting) => take(starting, () => startCheck(starting)),
    answer: (starting: Starting, step: Step) => take(starting, () => goOn(starting, step)),
    giveUp: () => setState({ kind: 'ready' }),
  }
}

function reasonOf({ code, message }: Extract<Started, { kind: 'failed' }>, starting: Starting): string {
  const { check, person } = starting
  const name = nameOf(person)
  if (code === 401 && /login failure/i.test(message)) {
    const by = check.takesMail ? 'mail address' : 'user name'
    return `“${check.title}” did not find ${name} by the ${by}. Perhaps it belongs to two accounts, or the account is not active.`
  }
  if (code === 200) return `“${check.title}” ended without making a link.`
  // Any other words of a refusal are the journey's own, for the agent.
  if (code === 401) return message
  if (code === 400 || code === 404)
    return `“${check.title}” can’t be started: ${message} Pick another check, or ask an administrator.`
  return message
}
