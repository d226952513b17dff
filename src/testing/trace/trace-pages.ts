import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { tracePage } from './html/trace-page.ts'
import { readTrace } from './trace.ts'

/** Writes the page of each trace to a folder. Other files of the folder stay. */
export function writeTracePages(folder: string, traces: readonly string[]): void {
  if (traces.length > 0) mkdirSync(folder, { recursive: true })
  for (const file of traces) {
    const page = tracePage(readTrace(readFileSync(file, 'utf8'), file))
    writeFileSync(join(folder, `${basename(file, '.trace')}.html`), page)
  }
}
