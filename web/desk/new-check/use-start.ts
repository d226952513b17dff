import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Step } from '../../api/authenticate.ts'
import { OfflineError } from '../../api/request.ts'
import { recentQuery } from '../layout/offer.ts'
import { goOn, type Started, type Starting, startCheck } from '../live/start-check.ts'
import { nameOf } from '../messages/names.ts'
import { useGo } from '../navigation/navigation.ts'
import { type NoCheck, noCheckOf } from './no-check.ts'

/** How far a start has come. */
export type StartState =
  | { kind: 'ready' }
  | { kind: 'starting' }
  | { kind: 'asks'; step: Step; starting: Starting }
  | ({ kind: 'failed' } & NoCheck)

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
        const name = nameOf(starting.person)
        return setState({ kind: 'failed', ...noCheckOf(started, starting.check, name, Date.now()) })
      }
      const { realm } = starting
      queries.invalidateQueries(recentQuery(realm))
      go({ page: 'check', reference: started.reference })
    } catch (error) {
      const reason =
        error instanceof OfflineError
          ? 'The server cannot be reached. Nothing was started; press Start check once more.'
          : 'The answer of the server was not understood.'
      setState({ kind: 'failed', title: 'No check was started.', reason })
    }
  }
  return {
    state,
    start: (starting: Starting) => take(starting, () => startCheck(starting)),
    answer: (starting: Starting, step: Step) => take(starting, () => goOn(starting, step)),
    giveUp: () => setState({ kind: 'ready' }),
  }
}
