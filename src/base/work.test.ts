import { describe, expect, it } from 'vitest'
import { runWork, type Work, waitFor } from './work.ts'

function* sum(...values: (number | Promise<number>)[]): Work<number> {
  let total = 0
  for (const value of values) total += yield* waitFor(value)
  return total
}

function* withCleanup(work: Work<number>, log: string[]): Work<number> {
  try {
    return yield* work
  } catch (error) {
    log.push(String(error))
    return -1
  } finally {
    log.push('cleaned up')
  }
}

describe('work', () => {
  it('ends synchronously if it has nothing to wait for', () => {
    expect(runWork(sum(1, 2, 3))).toBe(6)
  })

  it('waits for promises only', async () => {
    const running = runWork(sum(1, Promise.resolve(2), 3, Promise.resolve(4)))
    expect(running).toBeInstanceOf(Promise)
    expect(await running).toBe(10)
  })

  it('throws what it throws before it waits', () => {
    function* broken(value: number): Work<number> {
      if (value === 1) throw new Error('broken')
      return yield* sum(value)
    }
    expect(() => runWork(broken(1))).toThrow('broken')
  })

  it('can catch the reason of a rejected promise', async () => {
    const log: string[] = []
    expect(await runWork(withCleanup(sum(1, Promise.reject(new Error('lost'))), log))).toBe(-1)
    expect(log).toEqual(['Error: lost', 'cleaned up'])
  })

  it('rejects with what it throws after it waited', async () => {
    function* broken(): Work<never> {
      yield* waitFor(Promise.resolve(1))
      throw new Error('broken')
    }
    await expect(runWork(broken())).rejects.toThrow('broken')
  })
})
