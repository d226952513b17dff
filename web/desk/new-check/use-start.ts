import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Step } from '../../api/authenticate.ts'
import { OfflineError } from '../../api/request.ts'
import { serverNow } from '../../api/server-clock.ts'
import { t } from '../../translate/translate.ts'
import { awaitedApproval } from '../approvals/approval-step.ts'
import { dropDraft } from '../checks/draft-store.ts'
import { continueStart, type StartOptions, type StartResult, startCheck } from '../checks/start-check.ts'
import { forgetStarting, keepStarting } from '../checks/starting-store.ts'
import { recentChecksQuery, useHelpDesk } from '../layout/queries.ts'
import { fullName } from '../messages/names.ts'
import { useNavigate } from '../navigation/navigation.ts'
import { type StartError, startError } from './start-errors.ts'

export type StartState =
  | { kind: 'ready' }
  | { kind: 'starting' }
  /** `isOver`: the front journey has ended; otherwise the same request can be repeated. */
  | ({ kind: 'failed'; isOver: boolean } & StartError)

/**
 * Starts a check and opens its page, or returns the reason why it could not start. If its journey asks the agent first,
 * keeps it in the list and opens the page with the question.
 * @param id of the check that is being started already.
 */
export function useStart(id?: string) {
  const [state, setState] = useState<StartState>({ kind: 'ready' })
  const { agent } = useHelpDesk()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const take = (options: StartOptions, result: StartResult) => {
    if (result.kind === 'asks') {
      const { realm, check, person, purpose } = options
      const { step } = result
      const approvalId = awaitedApproval(step)?.id
      const starting = { realm, agentId: agent?._id, check, person, purpose, step, approvalId }
      setState({ kind: 'ready' })
      dropDraft()
      const kept = keepStarting(starting, id)
      if (id === undefined) navigate({ page: 'starting', id: kept })
    } else if (result.kind === 'failed') {
      const reason = startError(result, options.check, fullName(options.person), serverNow())
      setState({ kind: 'failed', isOver: true, ...reason })
    } else {
      dropDraft()
      queries.invalidateQueries(recentChecksQuery(options.realm))
      navigate({ page: 'check', reference: result.reference })
      if (id !== undefined) forgetStarting(id)
    }
  }
  const run = async (options: StartOptions, request: Promise<StartResult>) => {
    setState({ kind: 'starting' })
    try {
      take(options, await request)
    } catch (error) {
      const isOffline = error instanceof OfflineError
      const reason = isOffline
        ? t('The server cannot be reached. Nothing was started; try again.')
        : t('The server sent an unexpected answer.')
      setState({ kind: 'failed', isOver: !isOffline, title: t('The check was not started.'), reason })
    }
  }
  return {
    state,
    start: (options: StartOptions) => run(options, startCheck(options)),
    answer: (options: StartOptions, step: Step) => run(options, continueStart(options, step)),
  }
}
