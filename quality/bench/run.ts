import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Figure } from './figures.ts'
import { parts } from './parts.ts'
import { prepareFolder } from './prepared-folder.ts'
import { report, table } from './report.ts'
import { withSection } from './results-file.ts'
import { remove } from './servers.ts'

/**
 * Runs all measurements, prints the table and writes it to RESULTS.md. With `--only P3,P4` it runs only these and doesn't
 * write. A missed target is not a failure, because machines differ.
 */
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const wanted = values.only?.split(',')
const results = join(import.meta.dirname, 'RESULTS.md')

const startedAt = Date.now()
const [loadBefore = 0] = loadavg()
const say = (what: string) => console.error(`${Math.round((Date.now() - startedAt) / 1000)} s  ${what}`)

say('preparing')
const folder = await prepareFolder()
const figures: Figure[] = []
try {
  for (const { ids, what, measure } of parts) {
    if (wanted !== undefined && !ids.some((id) => wanted.includes(id))) continue
    say(what)
    figures.push(...(await measure(folder)))
  }
} finally {
  remove(folder)
}
figures.sort((one, other) => one.id.localeCompare(other.id))
console.log(table(figures).join('\n'))
if (wanted === undefined) {
  const section = report(figures, { startedAt, loadBefore })
  writeFileSync(results, withSection(readFileSync(results, 'utf8'), 'Cost of the server', section))
}
