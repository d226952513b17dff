import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { multiFile, singleFiles, type WrittenFile } from '../journeys/exchange/write-export.ts'
import { fullFile, keptFiles } from '../journeys/exchange/write-full-export.ts'
import { frConfigFiles } from '../journeys/pull/fr-config-files.ts'
import { openTarget } from './open-target.ts'
import { findingLines } from './plan-text.ts'
import { realmPath, type Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  realm: { type: 'string', default: 'alpha' },
  data: { type: 'string' },
  out: { type: 'string' },
  all: { type: 'boolean', default: false },
  form: { type: 'string', default: 'frodo' },
} as const

/**
 * `sidegate export JOURNEY…`: writes journeys and their dependencies to a folder, to a file or to standard output. With `--all`,
 * everything in the realm: in one file of frodo's form, or as a folder of fr-config-manager.
 * @throws OperationError naming a journey that does not exist.
 */
export async function exportCommand(args: string[], terminal: Terminal): Promise<true> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  if (values.all) return exportAll(values, positionals, terminal)
  if (positionals.length === 0) throw new UsageError('export needs the name of a journey, or --all')
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

type Values = { realm: string; data?: string; out?: string; form: string }

async function exportAll(values: Values, journeys: readonly string[], terminal: Terminal): Promise<true> {
  const { out, form } = values
  if (journeys.length > 0) throw new UsageError('--all exports everything, so name no journey')
  if (form !== 'frodo' && form !== 'fr-config-manager') {
    throw new UsageError(`--form must be frodo or fr-config-manager, not '${form}'`)
  }
  if (form === 'fr-config-manager' && out === undefined)
    throw new UsageError('--form fr-config-manager needs --out FOLDER')
  const target = await openTarget(values, terminal.environment)
  try {
    const bundle = await target.exportAll()
    for (const line of findingLines(bundle.findings)) terminal.warn(line)
    const realm = realmPath(values.realm)
    if (out === undefined) terminal.print(fullFile(bundle, realm).trimEnd())
    else if (form === 'frodo') write([{ name: out, text: fullFile(bundle, realm) }], terminal)
    else write(frConfigFolder(bundle, realm, out), terminal)
    return true
  } finally {
    await target.close()
  }
}

function frConfigFolder(bundle: Bundle, realm: string, root: string): WrittenFile[] {
  const folders = { root, realm: join(root, 'realms', realm === '/' ? 'root' : realm.slice(1)) }
  return [...frConfigFiles(bundle, bundle, folders), ...keptFiles(bundle, folders)]
}

function write(files: readonly WrittenFile[], terminal: Terminal): void {
  for (const { name, text } of files) {
    mkdirSync(dirname(name), { recursive: true })
    writeFileSync(name, text)
    terminal.print(name)
  }
}
