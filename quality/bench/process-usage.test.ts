import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { cpuBetween, poolCpu, readCpu } from './process-usage.ts'

const burn = 'const until = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < until) {}'

describe.runIf(process.platform === 'linux')('the CPU of a process', () => {
  test('includes threads that have ended', async () => {
    const before = readCpu(process.pid)
    await new Promise((resolve) => new Worker(burn, { eval: true }).once('exit', resolve))
    expect(cpuBetween(before, readCpu(process.pid))).toBeGreaterThan(50_000)
  })

  test('tells the thread pool apart', async () => {
    const before = { all: readCpu(process.pid), pool: poolCpu(process.pid) }
    await promisify(pbkdf2)('password', 'salt', 100_000, 32, 'sha512')
    const pool = poolCpu(process.pid) - before.pool
    expect(pool).toBeGreaterThan(10_000)
    expect(cpuBetween(before.all, readCpu(process.pid))).toBeGreaterThanOrEqual(pool)
  })
})
