import { atMost, cpuEach, cpuOf, type Figure, type Limit, microseconds, withSpread } from './figure.ts'
import type { FeedTimes } from './live-feed.ts'
import type { Load } from './load.ts'
import { percentile } from './percentile.ts'
import { type PollCosts, pollClients } from './poll-cost.ts'
import { ratiosOf, type Spread, spreadOf } from './spread.ts'

/** Polling every three seconds delays an event by half of this (median) or by 99 % of it (99th percentile). */
export const pollMs = 3000

export function feedFigures(feeds: FeedTimes): Figure[] {
  const count = feeds.agents.toLocaleString('en')
  const all = feeds.milliseconds.flat()
  const latency = { id: 'P3', unit: 'ms' as const }
  return [
    {
      ...latency,
      what: `from a caller's request to the agent's live feed, median of ${all.length.toLocaleString('en')}, ${count} agents`,
      measured: `${withSpread(spreadOf(feeds.cpuEach), microseconds)} CPU`,
      compared: `polling every 3 s, calculated: ${pollMs / 2} ms`,
      result: latencyOf(feeds, 0.5),
      limit: atMost(5),
    },
    {
      ...latency,
      what: 'the same, 99th percentile',
      measured: `maximum: ${Math.round(percentile(all, 1))} ms`,
      compared: `polling every 3 s, calculated: ${pollMs * 0.99} ms`,
      result: latencyOf(feeds, 0.99),
      limit: atMost(20, 10),
    },
    {
      id: 'P3',
      what: `memory per waiting agent, of ${count}`,
      measured: `with agents: ${Math.round(feeds.watched)} MB`,
      compared: `before: ${Math.round(feeds.before)} MB`,
      result: spreadOf([((feeds.watched - feeds.before) * 1024) / feeds.agents]),
      unit: 'kB',
      limit: atMost(15),
    },
  ]
}

/** The percentile of all notifications, with the lowest and the highest of a round. */
export function latencyOf({ milliseconds }: FeedTimes, share: number): Spread {
  const rounds = spreadOf(milliseconds.map((round) => percentile(round, share)))
  return { ...rounds, median: percentile(milliseconds.flat(), share) }
}

export function pollFigures({ peer, plain, scripted }: PollCosts): Figure[] {
  const row = (what: string, loads: readonly Load[], limit: Limit): Figure => ({
    id: 'P4',
    what: `${what}, ${pollClients} clients`,
    measured: cpuOf(loads),
    compared: `oidc-provider's CIBA poll: ${cpuOf(peer)}`,
    result: spreadOf(ratiosOf(loads.map(cpuEach), peer.map(cpuEach))),
    unit: '×',
    limit,
  })
  return [
    row("the agent's poll, no script", plain, atMost(1.5, 1.2)),
    row("the same with the sample's script", scripted, atMost(3, 2.5)),
  ]
}
