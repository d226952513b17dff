import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { serverNow } from '../../api/server-clock.ts'
import type { StartResult } from '../checks/start-check.ts'
import {
  forgetStarting,
  keepStarting,
  type StartingCheck,
  useStartingChecks,
} from '../checks/starting-store.ts'
import { recentChecksQuery } from '../layout/queries.ts'
import { fullName } from '../messages/names.ts'
import { navigateTo } from '../navigation/navigation.ts'
import { routeUrl } from '../navigation/route.ts'
import { startError } from '../new-check/start-errors.ts'
import { runWhileAwaiting } from './approval-runs.ts'
import { awaitedApproval } from './approval-step.ts'

/** Continues the front journeys that wait for a second agent, whichever page the agent looks at. */
export function AwaitedApprovals() {
  const starting = useStartingChecks()
  return Object.entries(starting)
    .filter(([, { step, failure }]) => failure === undefined && awaitedApproval(step) !== undefined)
    .map(([id, check]) => <Awaited key={id} id={id} starting={check} />)
}

function Awaited({ id, starting }: { id: string; starting: StartingCheck }) {
  const queries = useQueryClient()
  const { realm } = starting
  useEffect(() => {
    const take = (result: StartResult) => {
      keepResult(id, result)
      if (result.kind === 'started') queries.invalidateQueries(recentChecksQuery(realm))
    }
    void runWhileAwaiting(id, take)
  }, [id, realm, queries])
  return null
}

function keepResult(id: string, result: StartResult): void {
  const starting = useStartingChecks.getState()[id]
  if (starting === undefined) return
  if (result.kind === 'asks') {
    const { step } = result
    keepStarting({ ...starting, step, approvalId: awaitedApproval(step)?.id ?? starting.approvalId }, id)
  } else if (result.kind === 'failed') {
    const failure = startError(result, starting.check, fullName(starting.person), serverNow())
    keepStarting({ ...starting, failure }, id)
  } else {
    const { realm } = starting
    const isShown =
      location.pathname === new URL(routeUrl({ page: 'starting', id }, realm), location.href).pathname
    // An agent who looks at another check finds this one in the list.
    if (isShown) navigateTo(routeUrl({ page: 'check', reference: result.reference }, realm))
    forgetStarting(id)
  }
}
