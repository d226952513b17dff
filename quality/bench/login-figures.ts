import { atLeast, atMost, cpuEach, cpuOf, type Figure, microseconds } from './figure.ts'
import { type LoginRates, loginClients } from './login-rate.ts'
import { median, ratiosOf, spreadOf } from './spread.ts'

export function loginFigures({ hashes, logins }: LoginRates): Figure[] {
  const pool = median(logins.map(({ poolEach }) => poolEach))
  const row = { id: 'P5', compared: `argon2id alone: ${cpuOf(hashes)}` }
  return [
    {
      ...row,
      what: `password login, two steps, ${loginClients} clients: CPU of the server beside the hash`,
      measured: `${cpuOf(logins)}, ${microseconds(pool)} of it in the threads that hash`,
      result: spreadOf(logins.map(({ cpuEach: cpu, poolEach }) => (cpu - poolEach) / 1000)),
      unit: 'ms',
      limit: atMost(1.5, 1.1),
    },
    {
      ...row,
      what: 'the same: logins per CPU second of the server, compared with hashes per CPU second alone',
      measured: `${perCpuSecond(logins.map(cpuEach))}, alone: ${perCpuSecond(hashes.map(cpuEach))}`,
      result: spreadOf(ratiosOf(hashes.map(cpuEach), logins.map(cpuEach)).map((ratio) => 100 * ratio)),
      unit: '%',
      limit: atLeast(85, 90),
    },
  ]
}

function perCpuSecond(cpu: readonly number[]): string {
  return `${Math.round(1e6 / median(cpu))} per CPU second`
}
