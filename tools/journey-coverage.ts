import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { OperationError } from '../src/base/errors.ts'
import { makeFolder, openFolder } from '../src/cli/folder-target.ts'
import type { Bundle } from '../src/journeys/exchange/bundle.ts'
import { readBundle } from '../src/journeys/exchange/read-bundle.ts'
import { readFiles } from '../src/journeys/exchange/read-files.ts'
import { membersOf } from '../src/journeys/exchange/references.ts'
import { isSupported } from '../src/journeys/exchange/runnable.ts'
import { parseExport } from '../src/journeys/exchange/safe-json.ts'
import { multiFile } from '../src/journeys/exchange/write-export.ts'
import type { Finding as LintFinding, Severity } from '../src/journeys/lint/finding.ts'

/** The result for one file or folder of exports. */
export type Measured = {
  name: string
  /** Number of journeys. */
  journeys: number
  /** A JSON file without journeys, such as a table of contents. */
  isNoExport: boolean
  /** The reason why it could not be read; then everything else is empty. */
  error: string | undefined
  isImported: boolean
  /** Whether exporting, importing and exporting again gives the same bytes. */
  isRoundTrip: boolean
  /** Unsupported types, with versions other than the first. */
  unsupported: string[]
  /** Missing dependencies. */
  missing: string[]
  /** Findings of the linter, by severity. */
  faults: Record<Severity, string[]>
  /** All findings, as sentences. */
  reasons: string[]
}

const realm = '/alpha'
const options = { dependencies: true, existing: 'replace' } as const

const nothing = {
  journeys: 0,
  isImported: false,
  isRoundTrip: false,
  unsupported: [],
  missing: [],
  faults: { error: [], warning: [], hint: [] },
  reasons: [],
}

/**
 * Reads a file or folder, imports it into new data folders and exports it again.
 * @param scratch an unused path.
 */
export async function measure(path: string, scratch: string): Promise<Measured> {
  const name = basename(path)
  const bundle = reading(path)
  if (typeof bundle === 'string') {
    return { ...nothing, name, error: bundle, isNoExport: !mentionsJourneys(path) }
  }
  const first = await exportedAfterImport(bundle, `${scratch}-1`)
  const again =
    first && (await exportedAfterImport(readBundle(parseExport(first.text), { realm }), `${scratch}-2`))
  const findings = first?.findings ?? bundle.findings
  return {
    name,
    error: undefined,
    journeys: bundle.journeys.length,
    isNoExport: bundle.journeys.length === 0,
    isImported: first !== undefined,
    isRoundTrip: first !== undefined && first.text === again?.text,
    unsupported: unsupportedIn(bundle),
    missing: findings.filter(({ kind }) => kind === 'missing').map(({ message }) => message),
    faults: first?.faults ?? nothing.faults,
    reasons: findings.map(({ message }) => message),
  }
}

function reading(path: string): Bundle | string {
  try {
    return readFiles([path], { realm })
  } catch (error) {
    if (error instanceof OperationError) return error.message
    throw error
  }
}

/** Every journey has an entry node. */
function mentionsJourneys(path: string): boolean {
  return statSync(path).isDirectory() || readFileSync(path, 'utf8').includes('entryNodeId')
}

async function exportedAfterImport(bundle: Bundle, dataFolder: string) {
  await makeFolder(dataFolder, realm)
  const target = await openFolder({ dataFolder, databaseUrl: undefined, masterKey: undefined }, realm)
  try {
    const { findings } = await target.import(bundle, options)
    const names = bundle.journeys.map(({ _id }) => _id)
    const faults = bySeverity(names.length === 0 ? [] : await target.lint(names))
    return { findings, faults, text: multiFile(await target.export(names)) }
  } catch (error) {
    if (error instanceof OperationError) return undefined
    throw error
  } finally {
    await target.close()
  }
}

function bySeverity(findings: readonly LintFinding[]): Measured['faults'] {
  const of = (sought: Severity) =>
    findings
      .filter(({ severity }) => severity === sought)
      .map(({ journey, rule, message }) => `Journey ${journey}, ${rule}: ${message}`)
  return { error: of('error'), warning: of('warning'), hint: of('hint') }
}

function unsupportedIn({ journeys, nodes }: Bundle): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const types = journeys
    .flatMap((journey) => membersOf(journey, byId))
    .filter((member) => !isSupported(member))
    .map(({ type, version }) => (version === '1.0' ? type : `${type} ${version}`))
  return [...new Set(types)]
}
