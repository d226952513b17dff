import { useMemo } from 'react'
import type { CheckRow } from '../../api/help-desk.ts'
import { serverNow } from '../../api/server-clock.ts'
import { type Check, isOpen, type Standing, standingOf, standingOfRow } from '../../check-model/check.ts'
import { isToday } from '../../check-model/times.ts'
import { type LiveCheck, useLiveChecks } from '../checks/live-checks.ts'
import { hasNoEnding, useRecentChecks } from './queries.ts'

export type ListedCheck = { row: CheckRow; standing: Standing }

export type ListedChecks = {
  /** Oldest first, so that the shortcuts 1 to 9 keep their checks. */
  running: readonly ListedCheck[]
  /** Results whose delay is not over, of any day. */
  waiting: readonly ListedCheck[]
  today: readonly ListedCheck[]
  isReady: boolean
}

/** The check by its feed, which is ahead of the list while it is open, and after the end until the list has it. */
function freshCheck(row: CheckRow, live: LiveCheck | undefined): Check | undefined {
  const { check, status } = live ?? {}
  if (check === undefined || status !== undefined) return check
  return hasNoEnding(row) && !isOpen(check) ? check : undefined
}

/** The checks in the sidebar. */
export function useCheckList(): ListedChecks {
  const recent = useRecentChecks()
  const live = useLiveChecks()
  const rows = recent.data?.rows
  return useMemo(() => {
    const listed = (rows ?? []).map((row) => {
      const check = freshCheck(row, live[row.reference])
      const isRunning = hasNoEnding(row) && (check === undefined || isOpen(check))
      return {
        row,
        standing: check === undefined ? standingOfRow(row) : standingOf(check, row.grant),
        isRunning,
      }
    })
    return {
      running: listed.filter(({ isRunning }) => isRunning).toReversed(),
      waiting: listed.filter(({ standing }) => standing === 'waiting'),
      today: listed.filter(
        ({ isRunning, row, standing }) =>
          !isRunning && standing !== 'waiting' && isToday(row.startedAt, serverNow()),
      ),
      isReady: rows !== undefined,
    }
  }, [rows, live])
}
