import { useMemo } from 'react'
import type { CheckSummary } from '../../api/help-desk.ts'
import { isOpen, type Standing } from '../../check-model/check.ts'
import { standingOfSummary } from '../../check-model/summary-standing.ts'
import { isToday } from '../../check-model/times.ts'
import { useLiveChecks } from '../live/live-checks.ts'
import { isUnderWay, useRecent } from './offer.ts'

/** A check as the list shows it. */
export type Listed = { row: CheckSummary; standing: Standing }

/** The checks at the start side: those under way, oldest first, so that none changes its number; those of today. */
export function useListed(): { underWay: readonly Listed[]; today: readonly Listed[]; isReady: boolean } {
  const recent = useRecent()
  const live = useLiveChecks()
  const rows = recent.data?.verifications
  return useMemo(() => {
    const listed = (rows ?? []).map((row) => {
      const check = live[row.reference]?.check
      const isRunning = check === undefined ? isUnderWay(row) : isOpen(check) && isUnderWay(row)
      return { row, standing: standingOfSummary(row, check), isRunning }
    })
    return {
      underWay: listed.filter(({ isRunning }) => isRunning).toReversed(),
      today: listed.filter(({ isRunning, row }) => !isRunning && isToday(row.startedAt, Date.now())),
      isReady: rows !== undefined,
    }
  }, [rows, live])
}
