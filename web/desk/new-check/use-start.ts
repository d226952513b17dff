import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Step } from '../../api/authenticate.ts'
import { OfflineError } from '../../api/request.ts'
import { continueStart, type StartOptions, type StartResult, startCheck } from '../checks/start-check.ts'
import { recentChecksQuery } from '../layout/queries.ts'
import { fullName } from '../messages/names.ts'
import { useNavigate } from '../navigation/navigation.ts'
import { type StartError, startError } from './start-errors.ts'

export type StartState =
  | { kind: 'ready' }
  | { kind: 'starting' }
  | { kind: 'asks'; step: Step; options: StartOptions }
  | ({ kind: 'failed' } & StartError)

/** Starts a check and opens its page, or returns the reason why it could not start. */
export function useStart() {
  const [state, setState] = useState<StartState>({ kind: 'ready' })
  const navigate = useNavigate()
  const queries = useQueryClient()
  const run = async (options: StartOptions, request: () => Promise<StartResult>) => {
    setState({ kind: 'starting' })
    try {
      const result = await request()
      if (result.kind === 'asks') return setState({ ...result, options })
      if (result.kind === 'failed') {
        const name = fullName(options.person)
        return setState({ kind: 'failed', ...startError(result, options.check, name, Date.now()) })
      }
      const { realm } = options
      queries.invalidateQueries(recentChecksQuery(realm))
      navigate({ page: 'check', reference: result.reference })
    } catch (error) {
      const reason =
        error instanceof OfflineError
          ? 'The server cannot be reached. Nothing was started; try again.'
          : 'The server sent an unexpected answer.'
      setState({ kind: 'failed', title: 'The check was not started.', reason })
    }
  }
  return {
    state,
    start: (options: StartOptions) => run(options, () => startCheck(options)),
    answer: (options: StartOptions, step: Step) => run(options, () => continueStart(options, step)),
    reset: () => setState({ kind: 'ready' }),
  }
}
