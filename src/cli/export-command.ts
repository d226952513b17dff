import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { multiFile, singleFiles, type WrittenFile } from '../journeys/exchange/write-export.ts'
import { openTarget } from './open-target.ts'
import { findingLines } from './plan-text.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  realm: { type: 'string', default: 'alpha' },
  data: { type: 'string' },
  out: { type: 'string' },
} as const

/**
 * `sidegate export JOURNEY…`: writes journeys and their dependencies to a folder, to a file or to standard output.
 * @throws OperationError naming a journey that does not exist.
 */
export async function exportCommand(args: string[], terminal: Terminal): Promise<true> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  if (positionals.length === 0) throw new UsageError('export needs the name of a journey')
  const target = await openTarget(values, terminal.environment)
  try {
    const bundle = await target.export(positionals)
    for (const line of findingLines(bundle.findings)) terminal.warn(line)
    const { out } = values
    if (out === undefined) terminal.print(multiFile(bundle).trimEnd())
    else if (out.endsWith('.json')) write([{ name: out, text: multiFile(bundle) }], terminal)
    else
      write(
        singleFiles(bundle).map(({ name, text }) => ({ name: join(out, name), text })),
        terminal,
      )
    return true
  } finally {
    await target.close()
  }
}

function write(files: readonly WrittenFile[], terminal: Terminal): void {
  for (const { name, text } of files) {
    mkdirSync(dirname(name), { recursive: true })
    writeFileSync(name, text)
    terminal.print(name)
  }
}
