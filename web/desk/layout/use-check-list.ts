import { useMemo } from 'react'
import type { CheckSummary } from '../../api/help-desk.ts'
import { isOpen, type Standing } from '../../check-model/check.ts'
import { standingOfSummary } from '../../check-model/summary-standing.ts'
import { isToday } from '../../check-model/times.ts'
import { useLiveChecks } from '../checks/live-checks.ts'
import { hasNoEnding, useRecentChecks } from './queries.ts'

export type ListedCheck = { summary: CheckSummary; standing: Standing }

export type ListedChecks = {
  /** Oldest first, so that the shortcuts 1 to 9 keep their checks. */
  running: readonly ListedCheck[]
  today: readonly ListedCheck[]
  isReady: boolean
}

/** The checks in the sidebar. */
export function useCheckList(): ListedChecks {
  const recent = useRecentChecks()
  const live = useLiveChecks()
  const summaries = recent.data?.verifications
  return useMemo(() => {
    const listed = (summaries ?? []).map((summary) => {
      const check = live[summary.reference]?.check
      const isRunning = hasNoEnding(summary) && (check === undefined || isOpen(check))
      return { summary, standing: standingOfSummary(summary, check), isRunning }
    })
    return {
      running: listed.filter(({ isRunning }) => isRunning).toReversed(),
      today: listed.filter(({ isRunning, summary }) => !isRunning && isToday(summary.startedAt, Date.now())),
      isReady: summaries !== undefined,
    }
  }, [summaries, live])
}
