import { cpuEach, cpuOf, type Figure, microseconds, rateOf } from './figures.ts'
import type { FeedTimes } from './live-feed.ts'
import { type Load, medianRatio } from './load.ts'
import { percentile } from './percentile.ts'
import { type PollCosts, pollClients } from './poll-cost.ts'

/** Polling every three seconds delays an event by half of this (median) or by 99 % of it (99th percentile). */
const pollMs = 3000

export function feedFigures({ agents, milliseconds, cpuEach: cpu, before, watched }: FeedTimes): Figure[] {
  const count = agents.toLocaleString('en')
  const medianMs = percentile(milliseconds, 0.5)
  const row = { id: 'P3', unit: 'ms' as const }
  const most = (value: number) => ({ kind: 'most' as const, value })
  return [
    {
      ...row,
      what: `from a caller's request to the agent's live feed, median of ${milliseconds.length.toLocaleString('en')}, ${count} agents`,
      measured: `${microseconds(cpu)} CPU`,
      compared: `polling every 3 s, calculated: ${pollMs / 2} ms`,
      value: medianMs,
      limit: most(5),
    },
    {
      ...row,
      what: 'the same, 99th percentile',
      measured: `maximum: ${Math.round(percentile(milliseconds, 1))} ms`,
      compared: `polling every 3 s, calculated: ${pollMs * 0.99} ms`,
      value: percentile(milliseconds, 0.99),
      limit: most(50),
    },
    {
      id: 'P3',
      what: 'how much sooner than polling every 3 s (median)',
      measured: '',
      compared: '',
      value: pollMs / 2 / medianMs,
      unit: '×',
      limit: { kind: 'least', value: 100 },
    },
    {
      id: 'P3',
      what: `memory per waiting agent, of ${count}`,
      measured: `with agents: ${Math.round(watched)} MB`,
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
  return [row("the agent's poll, no script", plain, 1), row("the same with the sample's script", scripted, 2)]
}
