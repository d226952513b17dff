import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'
import { parts } from './parts.ts'
import { prepareFolder } from './prepared-folder.ts'
import { readmeRows, withReadmeRows } from './readme-rows.ts'
import { figureTable, report } from './report.ts'
import type { Results } from './results.ts'
import { withSection } from './results-file.ts'
import { remove, root } from './servers.ts'

/**
 * Runs all measurements, prints the table, and writes RESULTS.md and the table of the README. With `--only P3,P4` it runs only
 * these and doesn't write; it doesn't either if a measurement fails. With `--large`, P7 stores ten million people and
 * transactions, which takes 30 GB. A missed target is not a failure, because machines differ.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, large: { type: 'boolean', default: false } },
})
const wanted = values.only?.split(',')
const stored = values.large ? 10_000_000 : 1_000_000

const startedAt = Date.now()
const [loadBefore = 0] = loadavg()
const say = (what: string) => console.error(`${Math.round((Date.now() - startedAt) / 1000)} s  ${what}`)

say('preparing')
const folder = await prepareFolder()
const figures: Figure[] = []
const results: Partial<Results> = {}
try {
  for (const { ids, what, measure } of parts) {
    if (wanted !== undefined && !ids.some((id) => wanted.includes(id))) continue
    say(what)
    try {
      const measured = await measure({ folder, stored })
      figures.push(...measured.figures)
      Object.assign(results, measured.results)
    } catch (error) {
      console.error(error)
      process.exitCode = 1
    }
  }
} finally {
  remove(folder)
}
figures.sort((one, other) => one.id.localeCompare(other.id))
console.log(figureTable(figures).join('\n'))
if (wanted === undefined && process.exitCode === undefined) {
  // Every part has run.
  const complete = results as Results
  const section = report(figures, complete, { startedAt, loadBefore })
  rewrite(join(import.meta.dirname, 'RESULTS.md'), (file) => withSection(file, 'Cost of the server', section))
  rewrite(join(root, 'README.md'), (file) => withReadmeRows(file, readmeRows(complete)))
}

function rewrite(path: string, change: (content: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}
