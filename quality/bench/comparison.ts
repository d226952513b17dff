import { inUnit, microseconds, withSpread } from './figure.ts'
import type { Load } from './load.ts'
import type { Results } from './results.ts'
import { spreadOf } from './spread.ts'
import { table } from './table.ts'

/** The table of all servers. */
export function comparison({
  install,
  start,
  memory,
  polls,
  logins,
}: Pick<Results, 'install' | 'start' | 'memory' | 'polls' | 'logins'>): string[] {
  const milliseconds = (values: readonly number[]) => withSpread(spreadOf(values), inUnit('ms'))
  const megabytes = (values: readonly number[]) => withSpread(spreadOf(values), inUnit('MB'))
  const installed = (value: number) => inUnit('MB')(value)
  const cpu = (loads: readonly Load[]) =>
    withSpread(spreadOf(loads.map(({ cpuEach }) => cpuEach)), microseconds)
  return table([
    ['', 'Sidegate', 'oidc-provider', 'better-auth', 'bare Fastify'],
    [
      'password logins per CPU second, argon2id',
      loginsPerCpuSecond(logins.logins),
      loginsPerCpuSecond(logins.oidcProvider),
      loginsPerCpuSecond(logins.betterAuth),
      '',
    ],
    ['the same with its own hash (scrypt)', '', '', loginsPerCpuSecond(logins.betterAuthScrypt), ''],
    [
      'CPU of a login beside the hash',
      beside(logins.logins),
      beside(logins.oidcProvider),
      beside(logins.betterAuth),
      '',
    ],
    ['CPU of a poll', cpu(polls.plain), cpu(polls.peer), '', ''],
    [
      'start until it listens',
      ...[start.sidegate, start.oidcProvider, start.betterAuth, start.fastify].map((each) =>
        milliseconds(each.milliseconds),
      ),
    ],
    [
      'memory when it listens',
      megabytes(memory.atReady),
      ...[start.oidcProvider, start.betterAuth, start.fastify].map((each) => megabytes(each.megabytes)),
    ],
    [
      'memory after 1,000 logins',
      megabytes(memory.afterLogins.sidegate),
      megabytes(memory.afterLogins.oidcProvider),
      megabytes(memory.afterLogins.betterAuth),
      '',
    ],
    [
      'installed size with dependencies',
      `${installed(install.sidegate)}, packed ${installed(install.packed)}`,
      ...[install.oidcProvider, install.betterAuth, install.fastify].map(installed),
    ],
  ])
}

function loginsPerCpuSecond(loads: readonly Load[]): string {
  return withSpread(spreadOf(loads.map(({ cpuEach }) => 1e6 / cpuEach)), (value) => value.toFixed(0))
}

function beside(loads: readonly Load[]): string {
  return withSpread(spreadOf(loads.map(({ cpuEach, poolEach }) => cpuEach - poolEach)), microseconds)
}
