import { cpuEach, cpuOf, type Figure, microseconds, rateOf } from './figures.ts'
import type { FeedTimes } from './live-feed.ts'
import { type Load, medianRatio } from './load.ts'
import { percentile } from './percentile.ts'
import { type PollCosts, pollClients } from './poll-cost.ts'

/** A page that asks every three seconds hears of something half of them later in the middle, and all but a hundredth at the most. */
const pollMs = 3000

export function feedFigures({ agents, milliseconds, cpuEach: cpu, before, watched }: FeedTimes): Figure[] {
  const count = agents.toLocaleString('en')
  const inTheMiddle = percentile(milliseconds, 0.5)
  const row = { id: 'P3', unit: 'ms' as const }
  const most = (value: number) => ({ kind: 'most' as const, value })
  return [
    {
      ...row,
      what: `a caller answers, the agent's page hears: half of ${milliseconds.length.toLocaleString('en')}, ${count} agents on live feeds`,
      measured: `${microseconds(cpu)} CPU`,
      compared: `a poll every 3 s, by arithmetic: ${pollMs / 2} ms`,
      value: inTheMiddle,
      limit: most(5),
    },
    {
      ...row,
      what: 'the same, all but a hundredth',
      measured: `the longest: ${Math.round(percentile(milliseconds, 1))} ms`,
      compared: `a poll every 3 s, by arithmetic: ${pollMs * 0.99} ms`,
      value: percentile(milliseconds, 0.99),
      limit: most(50),
    },
    {
      id: 'P3',
      what: 'so many times sooner than a poll every 3 s, in the middle',
      measured: '',
      compared: '',
      value: pollMs / 2 / inTheMiddle,
      unit: '×',
      limit: { kind: 'least', value: 100 },
    },
    {
      id: 'P3',
      what: `memory for each waiting agent, of ${count}`,
      measured: `the server: ${Math.round(watched)} MB`,
      compared: `before: ${Math.round(before)} MB`,
      value: ((watched - before) * 1024) / agents,
      unit: 'kB',
    },
  ]
}

export function pollFigures({ peer, plain, scripted }: PollCosts): Figure[] {
  const row = (what: string, loads: readonly Load[], limit: number): Figure => ({
    id: 'P4',
    what: `${what}, ${pollClients} clients`,
    measured: `${cpuOf(loads)} CPU, ${rateOf(loads)}`,
    compared: `oidc-provider's CIBA poll: ${cpuOf(peer)} CPU, ${rateOf(peer)}`,
    value: medianRatio(loads.map(cpuEach), peer.map(cpuEach)),
    unit: '×',
    limit: { kind: 'most', value: limit },
  })
  return [
    row("the agent's poll, no script", plain, 1),
    row('the same with the script of the sample', scripted, 2),
  ]
}
