import { expect, it } from 'vitest'
import type { RunStep } from '../../../api/runs.ts'
import { dateAndTime } from '../../../check-model/times.ts'
import { stateLines } from './state-changes.ts'

it('shows a time in epoch milliseconds as a date, too', () => {
  const at = Date.UTC(2026, 11, 3, 12)
  const writes = [
    { key: 'end_time', after: at },
    { key: 'count', after: 3 },
  ]
  const lines = stateLines({ writes } as unknown as RunStep, () => undefined)
  expect(lines.map(({ after }) => after)).toEqual([`${at} (${dateAndTime(at)})`, '3'])
})
