import { atMost, type Figure, inUnit } from './figure.ts'
import type { Memory } from './memory-use.ts'
import { spreadOf } from './spread.ts'
import type { StartTimes } from './start-time.ts'

export function startFigures({ byNpm, byNpmWithoutCompileCache, sidegate }: StartTimes): Figure[] {
  const row = { id: 'P6', measured: '', compared: '', unit: 'ms' as const }
  return [
    {
      ...row,
      what: '`npm start` on an empty data folder to the first login, warm compile cache',
      measured: `without npm, until it listens: ${inUnit('ms')(spreadOf(sidegate.milliseconds).median)}`,
      result: spreadOf(byNpm),
      limit: atMost(1000, 700),
    },
    { ...row, what: 'the same without the compile cache', result: spreadOf(byNpmWithoutCompileCache) },
  ]
}

export function memoryFigures({ atReady, afterLogins, workers, eachWorker }: Memory): Figure[] {
  const row = { id: 'P6', measured: '', compared: '', unit: 'MB' as const }
  return [
    { ...row, what: 'memory when the server listens', result: spreadOf(atReady), limit: atMost(110, 90) },
    {
      ...row,
      what: 'memory after 1,000 logins, 25 at once, before the first script',
      result: spreadOf(afterLogins.sidegate),
      limit: atMost(150, 130),
    },
    {
      ...row,
      what: 'private memory per script worker in use',
      measured: `${workers} workers`,
      result: spreadOf(eachWorker),
      limit: atMost(25, 15),
    },
  ]
}
