import { expect, it } from 'vitest'
import type { CheckRow } from '../../api/help-desk.ts'
import { checkNews } from './check-news.ts'

const row = (change: Partial<CheckRow>) =>
  ({
    ...{
      reference: '7QK4M2XR',
      subject: 'Ruth Reed',
      action: null,
      isOwn: true,
      vouchFor: null,
      state: 'CREATED',
    },
    ...{ ending: null, rejectedAt: null, rejectionReadAt: null, withdrawnAt: null, grant: null },
    ...{ lastKind: 'created', notifications: 0, viewedAt: null, confirmedAt: null, ...change },
  }) as CheckRow
// The news read no other members.

const result = (state: string, until: number | null = null) =>
  row({ ending: 'approved', lastKind: 'approved', grant: { state, usableAt: null, usedAt: null, until } })

it.each<[string, CheckRow, CheckRow, string, string]>([
  ['a report about the person', result('ready'), result('paused'), 'Paused: reported · Ruth Reed', 'bad'],
  ['the end of a delay', result('waiting'), result('ready'), 'Usable now · Ruth Reed', 'good'],
  ['a result', row({}), result('weak'), 'Proven, not enough · Ruth Reed', 'info'],
  [
    ...(['a report that ended it', row({}), row({ ending: 'reported', lastKind: 'reported' })] as const),
    ...(['Stopped: an attack was reported · Ruth Reed', 'bad'] as const),
  ],
  [
    ...(['a failed delivery', row({}), row({ lastKind: 'mailFailed' })] as const),
    ...(['The link could not be sent · Ruth Reed', 'bad'] as const),
  ],
  [
    ...(['a check by a colleague', row({}), row({ alsoCheckedBy: 'Noor Night' })] as const),
    ...(['A colleague checks Ruth Reed, too', 'bad'] as const),
  ],
])('tells the agent of %s', (_what, before, now, title, tone) => {
  expect(checkNews(before, now)).toMatchObject([{ title, tone }])
  expect(checkNews(now, now)).toEqual([])
})

it('tells nothing of checks that were not in the list before, or of colleagues', () => {
  expect(checkNews(undefined, result('ready'))).toEqual([])
  expect(checkNews(row({}), { ...result('ready'), isOwn: false })).toEqual([])
})
