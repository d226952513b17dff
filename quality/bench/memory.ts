import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStores } from '../../src/store/stores.ts'
import { measureMemoryGrowth } from './memory-growth.ts'
import { memoryReport } from './memory-report.ts'
import { prepareFolder } from './prepared-folder.ts'
import { withSection } from './results-file.ts'
import { remove } from './servers.ts'

/** Runs a million steps and writes the memory report. With `--steps 20000` it runs fewer and only prints it. */
const { values } = parseArgs({ options: { steps: { type: 'string' } } })
const steps = Number(values.steps ?? 1_000_000)
const every = steps / 20
const results = join(import.meta.dirname, 'RESULTS.md')

const startedAt = Date.now()
const [loadBefore = 0] = loadavg()
const folder = await prepareFolder()
try {
  const { audit, close } = await openStores({ dataFolder: folder, databaseUrl: undefined })
  await audit.configure({ retentionDays: 1, keepsNodes: false })
  await close()
  const samples = await measureMemoryGrowth(folder, { steps, every }, (sample) => {
    console.error(`${Math.round((Date.now() - startedAt) / 1000)} s ${JSON.stringify(sample)}`)
  })
  const section = memoryReport(samples, { startedAt, loadBefore })
  console.log(section)
  if (values.steps === undefined) {
    const title = 'Memory over a million steps'
    writeFileSync(results, withSection(readFileSync(results, 'utf8'), title, section))
  }
} finally {
  remove(folder)
}
