import { latencyOf, pollMs } from './backchannel-figures.ts'
import { microseconds } from './figure.ts'
import type { Load } from './load.ts'
import type { Results } from './results.ts'
import { median } from './spread.ts'
import { table } from './table.ts'

const begin = '<!-- `npm run bench` writes this table. -->'
const end = '<!-- End of the table. -->'

/** The most important figures, for readers who are new to the project. */
export function readmeRows({
  start,
  memory,
  feeds,
  polls,
  logins,
}: Pick<Results, 'start' | 'memory' | 'feeds' | 'polls' | 'logins'>): string[] {
  const perSecond = (loads: readonly Load[]) => Math.round(1e6 / cpuOf(loads))
  const megabytes = (values: readonly number[]) => `${Math.round(median(values))} MB`
  const seconds = (values: readonly number[]) => `${(median(values) / 1000).toFixed(1)} s`
  const agents = feeds.agents.toLocaleString('en')
  const milliseconds = (share: number) => `${latencyOf(feeds, share).median.toFixed(1)} ms`
  const { sidegate, betterAuth, oidcProvider } = memory.afterLogins
  return table([
    ['', 'Sidegate', 'compared with'],
    [
      'logins per second and core',
      `${perSecond(logins.logins)}`,
      `the password hash alone: ${perSecond(logins.hashes)}; with the same hash, \`better-auth\`: ${perSecond(logins.betterAuth)}, \`oidc-provider\`: ${perSecond(logins.oidcProvider)}`,
    ],
    [
      'an agent sees a status after',
      `${milliseconds(0.5)}, 99 % within ${milliseconds(0.99)}, with ${agents} agents`,
      `polling every ${pollMs / 1000} s: ${pollMs / 2000} s`,
    ],
    [
      'memory',
      `${megabytes(memory.atReady)}, after 1,000 logins ${megabytes(sidegate)}`,
      `after 1,000 logins, \`better-auth\`: ${megabytes(betterAuth)}, \`oidc-provider\`: ${megabytes(oidcProvider)}`,
    ],
    [
      'start',
      seconds(start.sidegate.milliseconds),
      `\`better-auth\`: ${seconds(start.betterAuth.milliseconds)}, \`oidc-provider\`: ${seconds(start.oidcProvider.milliseconds)}`,
    ],
    [
      'poll',
      `${microseconds(cpuOf(polls.plain))} of CPU`,
      `\`oidc-provider\`, from memory: ${microseconds(cpuOf(polls.peer))}`,
    ],
  ])
}

function cpuOf(loads: readonly Load[]): number {
  return median(loads.map(({ cpuEach }) => cpuEach))
}

/** Replaces the table of the README. @throws Error without its marks. */
export function withReadmeRows(readme: string, rows: readonly string[]): string {
  const [before, after] = [readme.indexOf(begin), readme.indexOf(end)]
  if (before < 0 || after < before) throw new Error('README.md has no place for the table')
  return `${readme.slice(0, before + begin.length)}\n\n${rows.join('\n')}\n\n${readme.slice(after)}`
}
