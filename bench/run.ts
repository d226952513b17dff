import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { loginFigures, memoryFigures, scriptFigures, startFigures, stepFigures } from './figures.ts'
import { measureLogins } from './login-rate.ts'
import { prepareFolder } from './prepared-folder.ts'
import { report, table } from './report.ts'
import { measureScripts } from './script-cost.ts'
import { remove, startEcho, startSidegate } from './servers.ts'
import { measureMemory, measureStart } from './start-and-memory.ts'
import { measureSteps } from './step-cost.ts'

/** Measures everything, prints one table and writes it down. Says nothing about success: machines differ. */
const startedAt = Date.now()
const [loadBefore = 0] = loadavg()
const say = (what: string) => console.error(`${Math.round((Date.now() - startedAt) / 1000)} s  ${what}`)

say('starting')
const startTimes = await measureStart()
const folder = await prepareFolder()
say('memory')
const memory = await measureMemory(folder)
const echo = await startEcho()
const sidegate = await startSidegate(folder)
try {
  say('steps')
  const steps = await measureSteps(echo, sidegate)
  say('logins')
  const logins = await measureLogins(sidegate)
  say('scripts')
  const scripts = await measureScripts()
  const figures = [
    ...stepFigures(steps),
    ...scriptFigures(scripts),
    ...loginFigures(logins),
    ...startFigures(startTimes),
    ...memoryFigures(memory),
  ]
  console.log(table(figures).join('\n'))
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), report(figures, { startedAt, loadBefore }))
} finally {
  await sidegate.stop()
  await echo.stop()
  remove(folder)
}
